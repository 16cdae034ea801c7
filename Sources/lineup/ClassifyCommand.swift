import ArgumentParser
import Foundation
import Imaging
import Recognition

struct ClassifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "classify",
        abstract: "Names the persons in photos.",
        discussion: """
            A folder stands for every file below it, those with a leading dot passed over; files that are no photos are counted, no more.

            With --sort-into the photos of a folder are sorted by who is in them: OUT gets a folder a person with links to the photos (a photo
            of two is in both), unknown, no-face, answers.jsonl and answers.csv. The folder of photos is not touched. A rerun answers only what
            is new or changed; a link that you removed stays removed.

            EXAMPLES:
              lineup classify model.safetensors photo.jpg
              lineup classify model.safetensors album/*.jpg --json
              lineup classify model.safetensors album --csv answers.csv
              lineup classify model.safetensors album --sort-into sorted
              lineup classify model.safetensors album --sort-into sorted --copy
            """)

    @Argument(help: "A model file written by train.")
    var model: String

    @Argument(help: "Photos (JPEG, PNG, WebP) and folders of photos.")
    var photos: [FileArgument]

    @Option(help: ArgumentHelp("Sort the photos of one folder into this one.", valueName: "folder"))
    var sortInto: FileArgument?

    @Flag(name: .customLong("copy"), help: "With --sort-into: copy the photos rather than to link to them.")
    var copies = false

    @Option(help: ArgumentHelp("Also write the answers as a table, a row a face.", valueName: "file"))
    var csv: String?

    @OptionGroup var photo: PhotoOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if photos.isEmpty { throw ValidationError("name at least one photo") }
        if copies && sortInto == nil { throw ValidationError("--copy goes with --sort-into") }
        if sortInto != nil && csv != nil { throw ValidationError("--sort-into writes answers.csv itself; leave --csv out") }
        if sortInto != nil && photos.count != 1 { throw ValidationError("--sort-into takes exactly one folder of photos") }
    }

    func run() throws {
        if let sortInto { return try sort(photos[0], into: sortInto) }
        let recognizer = try Recognizer(contentsOf: fileURL(model), threads: common.threads)
        if let csv { try AtomicFile.requireWritable(fileURL(csv)) }
        var table = AnswerTable()
        var failures = FailureCount()
        var notPhotos = 0
        let limits = photo.limits
        func classify(_ photo: FileArgument, inFolder: Bool) throws {
            try failures.collect(photo, json: common.json) {
                do {
                    let answer = try recognizer.answer(
                        for: try FileBytes.readPhoto(photo.path, within: limits), limits: PhotoLimits(image: limits))
                    table.add(photo.description, answer)
                    try common.printJSON(Line(image: photo.description, answer: answer))
                    printText(answer, of: photo)
                } catch ImagingError.unknownFormat where inFolder {
                    notPhotos += 1
                } catch {
                    table.add(photo.description, error: "\(error)")
                    throw error
                }
            }
        }
        for photo in photos {
            guard isFolder(photo.path) else {
                try classify(photo, inFolder: false)
                continue
            }
            var listed: PhotoArchive?
            try failures.collect(photo, json: common.json) { listed = try PhotoArchive(root: photo.path) }
            guard let listed else { continue }
            for folder in listed.unlisted { Failure.say("\(folder.reason); passed over") }
            for file in listed.files { try classify(FileArgument(path: listed.path(of: file)), inFolder: true) }
        }
        if notPhotos > 0 { Failure.say("\(notPhotos) files are no photos; passed over") }
        if let csv { try AtomicFile.write(table.bytes, to: fileURL(csv)) }
        try failures.leave()
    }

    private func printText(_ answer: PhotoAnswer, of photo: FileArgument) {
        if let reason = answer.reason { common.printText("\(photo): \(reason.sentence())") }
        for face in answer.faces {
            let ranked = face.scores.map { String(format: "%@ %.3f", $0.label, $0.score) }.joined(separator: ", ")
            common.printText("\(photo): \(face.label ?? "unknown") at \(face.box) (\(ranked))")
        }
    }

    private struct Line: Encodable {
        var image: String
        var width, height: Int
        var faces: [RecognizedFace]
        var unnamed: [UnnamedFace]
        var reason: NoFaceReason?
        var model: ModelIdentity
        var milliseconds: StageTimes

        init(image: String, answer: PhotoAnswer) {
            self.image = image
            width = answer.image.width
            height = answer.image.height
            faces = answer.faces
            unnamed = answer.unnamed
            reason = answer.reason
            model = answer.model
            milliseconds = answer.milliseconds
        }

        enum CodingKeys: String, CodingKey { case image, width, height, faces, unnamed, reason, model, milliseconds }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(image, forKey: .image)
            try container.encode(width, forKey: .width)
            try container.encode(height, forKey: .height)
            try container.encode(faces, forKey: .faces)
            try container.encode(unnamed, forKey: .unnamed)
            try container.encode(reason, forKey: .reason)  // null, never absent
            try container.encode(model, forKey: .model)
            try container.encode(milliseconds, forKey: .milliseconds)
        }
    }
}
