import Foundation

/// Something that bytes from outside are thrown at. It returns whatever the bytes are; a trap, a sanitizer's report, a wait of seconds or
/// a ``Contradiction`` is a finding.
struct FuzzTarget: Sendable {
    let name: String
    let run: @Sendable ([UInt8]) throws -> Void

    /// All of them; a new one is added here, with its dictionary and regressions named alike.
    static let all: [FuzzTarget] = [
        .image, .jpeg, .png, .webp, .cascade, .safetensors, .model, .recipe, .manifest, .journal, .trail, .review, .answers, .feedback,
        .list, .site, .body, .multipart,
    ]
}

/// What was read does not agree with itself.
struct Contradiction: Error, CustomStringConvertible {
    let description: String
}

/// - Throws: ``Contradiction`` where `condition` does not hold.
func require(_ condition: Bool, _ what: @autoclosure () -> String) throws(Contradiction) {
    guard condition else { throw Contradiction(description: what()) }
}

/// Calls `body` with a new folder, which is gone afterwards: for what reads files.
func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lineup-fuzz-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    let result = Result { try body(folder) }
    try FileManager.default.removeItem(at: folder)
    try result.get()
}
