import Foundation
import Support
import SystemPackage

/// A line of `feedback.jsonl`, in the folder that `serve --feedback` fills: a face that a visitor said was named wrongly.
package struct FeedbackLine: Sendable, Equatable, Codable {
    /// When, as ISO 8601 in UTC.
    package var at: String
    /// The name of the picture's file beside it: the digest of its bytes, and `.png`.
    package var crop: String
    /// The model that had named it.
    package var model: String
    /// Who it is; nil for somebody the model does not know.
    package var right: String?
    /// What it was taken for; nil for a stranger.
    package var shown: String?

    /// A line of these members.
    package init(at: String, crop: String, model: String, right: String?, shown: String?) {
        self.at = at
        self.crop = crop
        self.model = model
        self.right = right
        self.shown = shown
    }

    enum CodingKeys: String, CodingKey {
        case at, crop, model, right, shown
    }

    /// Members that may be null are always there.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(at, forKey: .at)
        try container.encode(crop, forKey: .crop)
        try container.encode(model, forKey: .model)
        try container.encode(right, forKey: .right)
        try container.encode(shown, forKey: .shown)
    }

    /// SHA-256 of the picture; nil where the name is no digest: nothing else leads to a file.
    var sha256: String? { Self.sha256(ofFile: crop) }

    /// The digest that a picture's name is; nil for any other name.
    static func sha256(ofFile name: String) -> String? {
        let digest = String(name.dropLast(4))
        let isDigest = digest.utf8.count == 64 && digest.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
        return name.hasSuffix(".png") && isDigest ? digest : nil
    }

    /// The lines of a folder, in their order.
    /// - Throws: `RecognitionError.missing` where the folder holds no `feedback.jsonl`, `.inputOutput` naming a line that is none.
    static func all(in folder: FilePath) throws -> [FeedbackLine] {
        let path = file(in: folder)
        guard (try? path.stat().type) == .regular else { throw RecognitionError.missing(path: path.string, what: "file") }
        return try LineLog.lines(of: path).enumerated().map { index, bytes in
            do {
                return try JSONDecoder().decode(FeedbackLine.self, from: Data(bytes))
            } catch {
                throw RecognitionError.inputOutput(path: "\(path), line \(index + 1)", reason: "is no line of feedback")
            }
        }
    }

    /// Keeps others from changing the lines of a folder, or waits for them.
    package static func lock(_ folder: FilePath) throws(RecognitionError) -> LockFile {
        try LockFile(".feedback.lock", waitingIn: folder)
    }

    /// Adds the line to a folder's.
    package func append(to folder: FilePath) throws { try LineLog.append([UInt8](try JSON.line(self)), to: Self.file(in: folder)) }

    /// How many lines a folder has.
    package static func count(in folder: FilePath) throws -> Int { try LineLog.lines(of: file(in: folder)).count }

    /// Where the lines of a folder are.
    package static func file(in folder: FilePath) -> FilePath { folder.appending("feedback.jsonl") }
}
