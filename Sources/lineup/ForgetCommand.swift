import ArgumentParser
import Foundation
import Recognition

struct ForgetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget",
        abstract: "Erases a person, or one photo: photos, crops, thumbnails and every line about them.",
        discussion: """
            Models cannot forget: with --models, those trained on the erased crops are named, by the hashes inside them; train them
            again. With --feedback, faces that visitors sent from the page of the service go too. A hash of the label's name stays in
            photos/.collected.jsonl, so that collect does not take the person in again. A run that was stopped is finished by running it
            again.

            EXAMPLES:
              lineup forget ann --models . --feedback feedback
              lineup forget --photo ann/holiday.jpg --photos photos --faces faces
            """)

    @Argument(help: "The label to erase.")
    var label: FileArgument?

    @Option(help: ArgumentHelp("Erase this photo alone.", valueName: "label/name"))
    var photo: FileArgument?

    @Option(help: ArgumentHelp("The folder of photos.", valueName: "folder"))
    var photos = "photos"

    @Option(help: ArgumentHelp("The folder of crops.", valueName: "folder"))
    var faces = "faces"

    @Option(help: ArgumentHelp("Tell which model files of this folder still hold the training.", valueName: "folder"))
    var models: String?

    @Option(help: ArgumentHelp("Erase also in the folder that serve --feedback fills.", valueName: "folder"))
    var feedback: String?

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        guard (label == nil) != (photo == nil) else { throw ValidationError("forget takes a label or --photo label/name") }
    }

    func run() throws {
        let forgetting = Forgetting(
            photos: fileURL(photos), faces: fileURL(faces), models: models.map(fileURL),
            feedback: feedback.map(fileURL))
        let summary = try forgetting.forget(try subject())
        for file in summary.unreadable { Failure.say("\(file); whether it holds the training is not known") }
        if json { return try printJSONLine(DoneEvent(["summary": summary])) }
        let sent = feedback == nil ? "" : ", \(summary.sent) faces that were sent"
        print("erased \(summary.photos) photos, \(summary.crops) crops\(sent) and \(summary.lines) lines about them")
        for photo in summary.otherPhotos { print("\(photo): shows them too; erase it with --photo") }
        for model in summary.models {
            print(
                "\(model.path): was trained on \(model.crops) of the erased crops\(model.hasLabel ? " and has the label" : ""); train it again"
            )
        }
        if models != nil && summary.models.isEmpty { print("no model holds the training") }
    }

    /// - Throws: `ValidationError` for a label that is a path, or a photo that is none.
    private func subject() throws -> Forgetting.Subject {
        if let label {
            guard let path = RelativePath(label: label.bytes) else { throw ValidationError("\(label) is no label: name the folder alone") }
            return .label(path)
        }
        guard let photo, let path = RelativePath(labelAndName: photo.bytes) else {
            throw ValidationError("--photo takes a label and a name, ann/holiday.jpg")
        }
        return .photo(path)
    }
}
