import Foundation
import SystemPackage

/// A face that somebody sent from the service's page because its name was wrong, with what they say that it is.
public struct FeedbackFace: Sendable, Equatable {
    /// Where its picture lies.
    package var path: FilePath
    /// Of its picture's file.
    package var sha256: String
    /// Who it is said to be.
    package var right: RelativePath
    /// What the answer had been; nil for a stranger.
    package var shown: String?

    /// The name that it gets under a label.
    var name: RelativePath { RelativePath("feedback-\(sha256.prefix(16)).png") }

    /// The faces that `serve --feedback` kept in a folder, each once, as the last line about it says. Faces of which nobody said who they are, and
    /// names that no folder can have, are left out.
    /// - Throws: `RecognitionError.missing` where the folder holds no `feedback.jsonl`, `.inputOutput` naming a line that is none.
    public static func all(in folder: URL) throws -> [FeedbackFace] {
        var faces: [FeedbackFace] = []
        var places: [String: Int] = [:]
        for line in try FeedbackLine.all(in: FilePath(folder.path)) {
            guard let sha256 = line.sha256, let right = line.right.flatMap({ RelativePath(label: Array($0.utf8)) }) else { continue }
            let face = FeedbackFace(path: FilePath(folder.path).appending(line.crop), sha256: sha256, right: right, shown: line.shown)
            if let place = places[sha256] {
                faces[place] = face
            } else {
                places[sha256] = faces.count
                faces.append(face)
            }
        }
        return faces
    }
}
