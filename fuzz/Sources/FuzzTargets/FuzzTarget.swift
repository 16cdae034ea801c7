import Foundation

/// Something that bytes from outside are thrown at. It returns whatever the bytes are; a trap, a sanitizer's report or a wait of
/// seconds is a finding.
struct FuzzTarget: Sendable {
    let name: String
    let run: @Sendable ([UInt8]) -> Void

    /// All of them; a new one is added here, with its dictionary and seeds named alike.
    static let all: [FuzzTarget] = [.image, .jpeg, .png, .webp, .cascade]
}

/// The target that LINEUP_FUZZ_TARGET names.
private let chosen: FuzzTarget = {
    let name = ProcessInfo.processInfo.environment["LINEUP_FUZZ_TARGET"] ?? ""
    guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
        let names = FuzzTarget.all.map(\.name).joined(separator: " ")
        FileHandle.standardError.write(Data("LINEUP_FUZZ_TARGET is \"\(name)\", allowed: \(names)\n".utf8))
        exit(64)
    }
    return target
}()

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    chosen.run([UInt8](UnsafeBufferPointer(start: start, count: count)))
    return 0
}
