/// What this program was built without, by a trait of the package that `scripts/demo` leaves off for a shorter first build.
struct MissingTrait: Error, CustomStringConvertible {
    /// As in Package.swift.
    var name: String
    /// "writes ONNX files"
    var use: String

    var description: String {
        "this program was built without the trait \(name), which \(use): swift build -c release --product lineup builds it with all of them"
    }
}
