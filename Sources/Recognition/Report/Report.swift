import Foundation
import Imaging
import Learn
import Mustache

/// The HTML page that shows what was learned: one file, pictures and charts inside it, nothing fetched from anywhere.
public struct Report: Sendable {
    /// How all reports look.
    static let style = String(decoding: PackageResources.report_css, as: UTF8.self)

    private let content: ReportContent

    /// The report of a training.
    /// - Parameters:
    ///   - outcome: what the training gave.
    ///   - set: what was learned from.
    ///   - duration: how long it took.
    /// - Throws: `RecognitionError.recipeDiffers` where another recipe measured the set; `ImagingError`, `LearnError`.
    public init(training outcome: Trainer.Outcome, set: TrainingSet, duration: Duration) throws {
        let metadata = outcome.model.metadata
        try set.require(metadata.recipe)
        let best = metadata.candidates[metadata.best]
        var content = try ReportContent(
            title: "What was learned", subtitle: "\(set.rows.count) crops of \(set.labels.count) people, recipe \(metadata.recipe.name)",
            assessment: outcome.assessment, set: set)
        content.figures = [
            .init(name: "best candidate, mean of \(best.foldAccuracies.count) folds", value: SVG.percent(best.mean)),
            .init(name: "the same with near-duplicates kept together", value: SVG.percent(metadata.groupedMean)),
            .init(name: "different pictures among the crops", value: "\(Set(set.groups).count)"),
            .init(name: "training time", value: String(format: "%.1f s", duration / .seconds(1))),
        ]
        content.show(
            candidates: metadata.candidates, best: metadata.best, folds: best.foldAccuracies.count, grouped: metadata.chosenOnGroups)
        content.show(outcome.model.unknown)
        content.assessed = """
            Every crop was named by a model that had seen neither it nor a near-duplicate of it. Rows are who it is, columns who \
            was said.
            """
        self.content = content
    }

    /// The report of an evaluation.
    public init(evaluation: Evaluation, recognizer: Recognizer, set: TrainingSet) throws {
        try set.require(recognizer.recipe)
        let figures = evaluation.figures
        let summary = recognizer.summary
        var content = try ReportContent(
            title: "How good is it?", subtitle: "Model \(summary.identity.id) on \(figures.crops) crops of \(set.folder.lastPathComponent)",
            assessment: evaluation.assessment, set: set)
        content.figures = [
            .init(name: "accuracy", value: SVG.percent(figures.accuracy)),
            .init(name: "95 % interval", value: "\(SVG.percent(figures.interval.lower)) to \(SVG.percent(figures.interval.upper))"),
            .init(
                name: "accuracy on the \(figures.unseen) crops unlike any it learned from",
                value: figures.unseenAccuracy.map(SVG.percent) ?? "undefined"),
            .init(name: "macro F1", value: String(format: "%.3f", figures.macroF1)),
        ]
        content.show(
            candidates: summary.candidates, best: recognizer.model.metadata.best, folds: summary.best.foldAccuracies.count,
            grouped: recognizer.model.metadata.chosenOnGroups)
        content.show(recognizer.model.unknown)
        content.assessed = "Rows are who it is, columns who was said."
        self.content = content
    }

    /// The page.
    /// - Throws: Mustache's error where the template is damaged.
    public func html() throws -> String {
        let template = try MustacheTemplate(string: String(decoding: PackageResources.report_mustache, as: UTF8.self))
        return template.render(content)
    }

    /// Writes `folder/index.html` atomically.
    public func write(to folder: URL) throws {
        try AtomicFile.write(Array(try html().utf8), to: folder.appendingPathComponent("index.html"))
    }
}
