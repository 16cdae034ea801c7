import ArgumentParser
import Foundation
import Imaging
import Recognition

struct ClassifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "classify",
        abstract: "Names the persons in photos.",
        discussion: """
            EXAMPLES:
              lineup classify model.safetensors photo.jpg
              lineup classify model.safetensors album/*.jpg --json
            """)

    @Argument(help: "A model file written by train.")
    var model: String

    @Argument(help: "Photos: JPEG, PNG, WebP.")
    var photos: [FileArgument]

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if photos.isEmpty { throw ValidationError("name at least one photo") }
    }

    func run() throws {
        let recognizer = try Recognizer(contentsOf: fileURL(model), threads: common.threads)
        var failures = FailureCount()
        for photo in photos {
            try failures.collect(photo, json: common.json) {
                let answer = try recognizer.answer(for: try FileBytes.readPhoto(photo.path), limits: .standard)
                try common.printJSON(Line(image: photo.description, answer: answer))
                printText(answer, of: photo)
            }
        }
        try failures.leave()
    }

    private func printText(_ answer: PhotoAnswer, of photo: FileArgument) {
        if let reason = answer.reason { common.printText("\(photo): \(reason.sentence())") }
        for face in answer.faces {
            let ranked = face.scores.map { String(format: "%@ %.3f", $0.label, $0.score) }.joined(separator: ", ")
            common.printText("\(photo): \(face.label ?? "nobody known") at \(face.box) (\(ranked))")
        }
    }

    private struct Line: Encodable {
        var image: String
        var width, height: Int
        var faces: [RecognizedFace]
        var reason: NoFaceReason?
        var model: ModelIdentity
        var milliseconds: StageTimes

        init(image: String, answer: PhotoAnswer) {
            self.image = image
            width = answer.image.width
            height = answer.image.height
            faces = answer.faces
            reason = answer.reason
            model = answer.model
            milliseconds = answer.milliseconds
        }

        enum CodingKeys: String, CodingKey { case image, width, height, faces, reason, model, milliseconds }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(image, forKey: .image)
            try container.encode(width, forKey: .width)
            try container.encode(height, forKey: .height)
            try container.encode(faces, forKey: .faces)
            try container.encode(reason, forKey: .reason)  // null, never absent
            try container.encode(model, forKey: .model)
            try container.encode(milliseconds, forKey: .milliseconds)
        }
    }
}
