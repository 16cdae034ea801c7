import ArgumentParser
import Foundation
import Recognition

struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measures a model on crops it was not trained on.",
        discussion: """
            Prints accuracy with its 95 % interval and the figures of each label, and writes an HTML report. Crops that the model
            was trained on, or that look nearly like one, are counted and left out of the accuracy beside it.

            EXAMPLES:
              lineup evaluate model.safetensors other-faces
              lineup evaluate model.safetensors other-faces --report evaluation --json
            """)

    @Argument(help: "A model file written by train.")
    var model: String

    @Argument(help: "A folder of crops written by clean, one folder a label.")
    var faces: String

    @Option(help: ArgumentHelp("The folder for the report.", valueName: "folder"))
    var report = "evaluation"

    @OptionGroup var common: CommonOptions

    func run() throws {
        let interrupt = Interrupt()
        let evaluation = try evaluate(
            model: fileURL(model), faces: fileURL(faces), report: fileURL(report), common: common, cancellation: interrupt.cancellation)
        try common.printJSON(DoneEvent(evaluation: evaluation))
    }

    private struct DoneEvent: Encodable {
        var event = "done"
        var evaluation: Evaluation.Figures

        init(evaluation: Evaluation) { self.evaluation = evaluation.figures }
    }
}

/// Evaluates with progress, writes the report, and tells the figures.
func evaluate(model: URL, faces: URL, report: URL, common: CommonOptions, cancellation: Cancellation) throws -> Evaluation {
    let progress = Progress("evaluate", quiet: common.quiet)
    defer { progress.finish() }
    let recognizer = try Recognizer(contentsOf: model, threads: common.threads)
    let set = try TrainingSet(
        folder: faces, recipe: recognizer.recipe, threads: common.threads, cancellation: cancellation, progress: progress.update)
    progress.finish()
    for file in set.skipped { Failure.say("\(file.path): \(file.reason); passed over") }
    let evaluation = try Evaluation(of: recognizer, on: set)
    try Report(evaluation: evaluation, recognizer: recognizer, set: set).write(to: report)
    let figures = evaluation.figures
    common.printText(
        String(
            format: "%d crops, accuracy %.4f (95 %% interval %.4f to %.4f)", figures.crops, figures.accuracy, figures.interval.lower,
            figures.interval.upper))
    if figures.crops != figures.unseen {
        let unseen = figures.unseenAccuracy.map { String(format: "%.4f", $0) } ?? "undefined"
        common.printText(
            "of these, \(figures.crops - figures.unseen) are crops the model was trained on, or nearly; on the other \(figures.unseen) its accuracy is \(unseen)"
        )
    }
    for label in figures.labels {
        common.printText(
            String(
                format: "  %@: precision %.3f, recall %.3f, F1 %.3f over %d crops", label.label, label.precision, label.recall, label.f1,
                label.crops))
    }
    common.printText("report: \(report.appendingPathComponent("index.html").path)")
    return evaluation
}
