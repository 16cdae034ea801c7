import ArgumentParser
import Foundation
import Recognition
import Support

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
        let run = EvaluationRun(model: fileURL(model), faces: fileURL(faces), report: fileURL(report), threads: common.threads)
        try common.printJSON(DoneEvent(try evaluate(run, common: common, cancellation: interrupt.cancellation)))
    }
}

/// Evaluates with progress, and prints the figures.
func evaluate(_ run: EvaluationRun, common: CommonOptions, cancellation: Cancellation) throws -> EvaluationResult {
    let progress = Progress("evaluate", quiet: common.quiet)
    defer { progress.finish() }
    let result = try run.run(cancellation: cancellation) { progress.update(done: $0, total: $1) }
    progress.finish()
    warn(of: result.skipped)
    let figures = result.evaluation
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
    common.printText("report: \(result.report.path)")
    return result
}
