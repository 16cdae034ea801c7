import Foundation
import Support

/// A whole evaluation as `lineup evaluate` does it: a model file and a folder of crops in, figures and a report out.
public struct EvaluationRun: Sendable {
    /// The model file.
    public var model: URL
    /// The folder of crops, `faces/<label>/<name>`.
    public var faces: URL
    /// The folder for the report.
    public var report: URL
    /// Threads working at once.
    public var threads: Int

    /// A run that has not begun.
    public init(model: URL, faces: URL, report: URL, threads: Int = availableCores) {
        self.model = model
        self.faces = faces
        self.report = report
        self.threads = threads
    }

    /// Does it off the caller's thread; cancelling the task ends it.
    /// - Parameter progress: called after each crop, from any thread.
    /// - Throws: what loading the model, measuring the crops, `Evaluation.init` and writing throw.
    public func run(
        progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) async throws -> EvaluationResult {
        try await offCooperativePool { cancellation in try run(cancellation: cancellation, progress: progress) }
    }

    /// The same on the calling thread and `threads - 1` others.
    package func run(
        cancellation: Cancellation, progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void
    ) throws -> EvaluationResult {
        let page = report.appendingPathComponent("index.html")
        try AtomicFile.requireWritable(page)
        let recognizer = try Recognizer(contentsOf: model, threads: threads)
        let set = try TrainingSet(
            folder: faces, recipe: recognizer.recipe, threads: threads, cancellation: cancellation, progress: progress)
        let evaluation = try Evaluation(of: recognizer, on: set)
        try Report(evaluation: evaluation, recognizer: recognizer, set: set).write(to: report)
        return EvaluationResult(
            identity: recognizer.summary.identity, evaluation: evaluation.figures, skipped: set.skipped, report: page)
    }
}

/// What an evaluation run gave; encoded, the line of `lineup evaluate --json`.
public struct EvaluationResult: Sendable, Encodable {
    /// Which model it was.
    public var identity: ModelIdentity
    /// How good it is.
    public var evaluation: Evaluation.Figures
    /// Files among the crops that are no readable picture.
    public var skipped: [TrainingSet.Skipped]
    /// The report's page.
    public var report: URL

    private enum CodingKeys: CodingKey {
        case identity, evaluation, skipped, report
    }

    /// An object with the members' names as keys; the report is its path.
    public func encode(to encoder: any Encoder) throws {
        var object = encoder.container(keyedBy: CodingKeys.self)
        try object.encode(identity, forKey: .identity)
        try object.encode(evaluation, forKey: .evaluation)
        try object.encode(skipped, forKey: .skipped)
        try object.encode(report.path, forKey: .report)
    }
}
