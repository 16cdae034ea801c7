import Foundation
import Imaging
import Recognition

/// What a model said of one photo that it had not seen.
enum Outcome: String, CaseIterable {
    /// The face with the highest score has the photo's label as its most probable one.
    case right
    /// The right name, on a face that the model takes for nobody it knows.
    case rightButRefused = "right name, but taken for unknown"
    case wrongName = "wrong name"
    case noFace = "no face"

    /// Whether the name is right, refused or not.
    var isRight: Bool { self == .right || self == .rightButRefused }

    init(of record: PhotoRecord, by recognizer: Recognizer, in photos: URL) throws {
        let file = photos.appendingPathComponent(record.path.text)
        let answer: PhotoAnswer
        do {
            answer = try recognizer.answer(for: [UInt8](try Data(contentsOf: file)), limits: .standard)
        } catch is ImagingError {
            self = .noFace
            return
        }
        guard let face = answer.faces.max(by: { $0.score < $1.score }) else {
            self = .noFace
            return
        }
        // Refused as unknown or not: the most probable label is the answer, and refusals are counted beside.
        let label = record.path.text.split(separator: "/")[0]
        guard face.scores[0].label == label else {
            self = .wrongName
            return
        }
        self = face.known ? .right : .rightButRefused
    }
}
