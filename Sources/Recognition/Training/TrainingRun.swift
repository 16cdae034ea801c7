import Foundation
import Support

/// A whole training as `lineup train` does it: a folder of crops in, a model file and a report out.
///
/// The search's journal lies beside the model, `.NAME.journal`, so that a run that was stopped or killed goes on where it was; it
/// is removed once the model has its name.
public struct TrainingRun: Sendable {
    /// What is being done.
    public enum Stage: String, Sendable {
        /// Crops are read and measured.
        case measure
        /// Candidates are judged.
        case search
    }

    /// The folder of crops, `faces/<label>/<name>`.
    public var faces: URL
    /// The model file to write.
    public var model: URL
    /// The folder for the report.
    public var report: URL
    /// How the crops are measured.
    public var recipe: Recipe
    /// How the training goes about it; journal and shares are the run's own.
    public var settings: Trainer.Settings
    /// Whether the search takes over what the tasks of a job array have found out, see ``search(_:progress:)``; what is missing is made up
    /// for, and the model is that of a run alone but for `trainedAt`.
    public var mergesShards = false

    /// A run that has not begun.
    public init(faces: URL, model: URL, report: URL, recipe: Recipe = .best, settings: Trainer.Settings = Trainer.Settings()) {
        self.faces = faces
        self.model = model
        self.report = report
        self.recipe = recipe
        self.settings = settings
    }

    /// Does it off the caller's thread; cancelling the task ends it.
    /// - Parameter progress: called after each crop and each candidate of each fold, from any thread.
    /// - Throws: `RecognitionError.inputOutput` at once where the model cannot be written; what `TrainingSet.init`,
    ///   `Trainer.train` and writing throw.
    public func run(
        progress: @escaping @Sendable (_ stage: Stage, _ done: Int, _ total: Int) -> Void = { _, _, _ in }
    ) async throws -> TrainingResult {
        try await offCooperativePool { cancellation in try run(cancellation: cancellation, progress: progress) }
    }

    /// The same on the calling thread and `settings.threads - 1` others.
    package func run(
        cancellation: Cancellation, progress: @escaping @Sendable (_ stage: Stage, _ done: Int, _ total: Int) -> Void
    ) throws -> TrainingResult {
        let clock = ContinuousClock()
        let start = clock.now
        try settings.check()
        try AtomicFile.requireWritable(model)
        var trainer = settings
        trainer.shares = mergesShards ? try shardResults() : []
        let set = try trainingSet(cancellation: cancellation) { progress(.measure, $0, $1) }
        let journal = model.deletingLastPathComponent().appendingPathComponent(".\(model.lastPathComponent).journal")
        trainer.journal = journal
        let outcome = try Trainer(settings: trainer).train(set, cancellation: cancellation) { progress(.search, $0, $1) }
        let bytes = try outcome.model.serialised()
        try AtomicFile.write(bytes, to: model)
        try AtomicFile.remove(journal)
        if mergesShards { try removeShards() }
        let duration = clock.now - start
        try Report(training: outcome, set: outcome.set, duration: duration).write(to: report)
        return TrainingResult(
            model: model, report: report.appendingPathComponent("index.html"),
            summary: ModelSummary(of: outcome.model, identity: ModelIdentity(of: bytes)), crops: outcome.set.rows.count,
            pictures: Set(outcome.set.groups).count, skipped: set.skipped, warnings: Self.warnings(about: set) + outcome.notices,
            duration: duration)
    }

    /// The crops, measured.
    func trainingSet(cancellation: Cancellation, progress: @Sendable (_ done: Int, _ total: Int) -> Void) throws -> TrainingSet {
        // A grid that was asked for is searched on all features, however long it takes.
        let wholeRows = (settings.grid ?? recipe.grid) == .best ? ReducedRows.wholeRows : nil
        return try TrainingSet(
            folder: faces, recipe: recipe, wholeRows: wholeRows, memoryMegabytes: settings.memoryMegabytes, folds: settings.folds,
            repeats: settings.repeats, threads: settings.threads, cancellation: cancellation, progress: progress)
    }

    /// What the one who named the folder should know.
    private static func warnings(about set: TrainingSet) -> [String] {
        let empty = set.emptyLabels.map { "\($0): no readable crop, so nobody by that name is learned" } + set.doubleLabelWarnings
        let folder = set.folder.path
        return set.hasManifest
            ? empty
            : empty + ["\(folder): has no manifest; if these are whole photos, run lineup clean \(folder) --into FOLDER and train on that"]
    }
}

/// What a training run gave; encoded, the last line of `lineup train --json`.
public struct TrainingResult: Sendable {
    /// The model file.
    public var model: URL
    /// The report's page.
    public var report: URL
    /// What the model says of itself.
    public var summary: ModelSummary
    /// How many crops were learned from.
    public var crops: Int
    /// How many different pictures, near-duplicates counted as one.
    public var pictures: Int
    /// Files among the crops that are no readable picture.
    public var skipped: [TrainingSet.Skipped]
    /// What should be looked at, a sentence each: labels without crops, faces under two labels, a folder that was not cleaned.
    public var warnings: [String]
    /// From the first crop to the report.
    public var duration: Duration
}

extension TrainingResult: Encodable {
    private enum CodingKeys: String, CodingKey {
        case model, report, identity, labels, counts, recipe, best, candidates, groupedMean, trainedAt, dataHash, unknown, confusion
        case crops, pictures, skipped, warnings, seconds
    }

    /// The summary's members and the run's own side by side. Candidates have `cv_mean` and `cv_std` beside `mean` and
    /// `standardDeviation`, which are the same numbers: the names that 0.1.0 promised.
    public func encode(to encoder: any Encoder) throws {
        var object = encoder.container(keyedBy: CodingKeys.self)
        try object.encode(model.path, forKey: .model)
        try object.encode(report.path, forKey: .report)
        try object.encode(summary.identity, forKey: .identity)
        try object.encode(summary.labels, forKey: .labels)
        try object.encode(summary.counts, forKey: .counts)
        try object.encode(summary.recipe, forKey: .recipe)
        try object.encode(CandidateWithAliases(candidate: summary.best), forKey: .best)
        try object.encode(summary.candidates.map(CandidateWithAliases.init), forKey: .candidates)
        try object.encodeIfPresent(summary.groupedMean, forKey: .groupedMean)
        try object.encode(summary.trainedAt, forKey: .trainedAt)
        try object.encode(summary.dataHash, forKey: .dataHash)
        try object.encodeIfPresent(summary.unknown, forKey: .unknown)
        try object.encodeIfPresent(summary.confusion, forKey: .confusion)
        try object.encode(crops, forKey: .crops)
        try object.encode(pictures, forKey: .pictures)
        try object.encode(skipped, forKey: .skipped)
        try object.encode(warnings, forKey: .warnings)
        try object.encode(duration / .seconds(1), forKey: .seconds)
    }

    private struct CandidateWithAliases: Encodable {
        var candidate: ModelSummary.Candidate

        private enum CodingKeys: String, CodingKey {
            case mean = "cv_mean"
            case standardDeviation = "cv_std"
        }

        func encode(to encoder: any Encoder) throws {
            try candidate.encode(to: encoder)
            var object = encoder.container(keyedBy: CodingKeys.self)
            try object.encode(candidate.mean, forKey: .mean)
            try object.encode(candidate.standardDeviation, forKey: .standardDeviation)
        }
    }
}
