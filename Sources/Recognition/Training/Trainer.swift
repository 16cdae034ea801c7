import Foundation
import Learn
import Support

/// Learns a model from a training set: grid search by cross-validation, refit of the best candidate, calibration.
public struct Trainer: Sendable {
    /// How a training goes about it; every value has a default.
    public struct Settings: Sendable {
        /// What is searched; nil is the recipe's own grid.
        public var grid: SearchGrid?
        /// Of everything random.
        public var seed: UInt64
        /// How many parts cross-validation splits the crops into: 2 or more.
        public var folds: Int
        /// How often it does so, each time otherwise: 1 or more. One time gives the folds that the tutorial's has.
        public var repeats: Int
        /// Whether near-duplicates stay on one side of the splits that choose the best candidate; nil as the recipe does.
        public var groupDuplicates: Bool?
        /// The share of strangers that may get a known person's name, 0 to 1, by which a threshold for strangers is fitted; nil
        /// names everybody.
        public var falseAcceptRate: Double?
        /// Threads working at once.
        public var threads: Int
        /// Where finished work is written down, so that a killed search goes on; nil keeps nothing. It stays when the search is
        /// done: whoever asked for it removes it once the model is safe.
        public var journal: URL?

        /// Settings; the defaults are those of `lineup train`.
        public init(
            grid: SearchGrid? = nil, seed: UInt64 = 0, folds: Int = 5, repeats: Int = 1, groupDuplicates: Bool? = nil,
            falseAcceptRate: Double? = nil,
            threads: Int = availableCores, journal: URL? = nil
        ) {
            self.grid = grid
            self.seed = seed
            self.folds = folds
            self.repeats = repeats
            self.groupDuplicates = groupDuplicates
            self.falseAcceptRate = falseAcceptRate
            self.threads = threads
            self.journal = journal
        }

        /// - Throws: `RecognitionError.invalidParameter` for a value outside its range.
        func check() throws(RecognitionError) {
            guard folds >= 2 else { throw .invalidParameter(name: "folds", value: "\(folds)", allowed: "2 or more") }
            guard (1...1000).contains(repeats) else {
                throw .invalidParameter(name: "repeats", value: "\(repeats)", allowed: "1 to 1000")
            }
            guard threads >= 1 else { throw .invalidParameter(name: "threads", value: "\(threads)", allowed: "1 or more") }
            if let falseAcceptRate, !(0...1).contains(falseAcceptRate) {
                throw .invalidParameter(name: "falseAcceptRate", value: "\(falseAcceptRate)", allowed: "0 to 1")
            }
        }
    }

    /// What a training gives besides the model itself.
    public struct Outcome: Sendable {
        /// The model, with everything needed to use it.
        public var model: ModelFile
        /// Predictions for every training crop by models that had not seen it or anything like it.
        public var assessment: Assessment

        /// A training's result put together by hand.
        package init(model: ModelFile, assessment: Assessment) {
            self.model = model
            self.assessment = assessment
        }
    }

    /// How it goes about it.
    public let settings: Settings

    /// A trainer; what it measures by is the training set's recipe.
    public init(settings: Settings = Settings()) { self.settings = settings }

    /// Searches, refits, calibrates, off the caller's thread; cancelling the task ends it.
    ///
    /// The splits that choose are grouped or not, as the settings say; the score of the best candidate is always taken on
    /// grouped splits too, and its out-of-fold scores there are what calibration learns from, so that a photo's twin never
    /// vouches for it.
    /// - Parameters:
    ///   - set: what is learned from; the model carries its recipe.
    ///   - progress: called after each candidate of each fold, never by two threads at once.
    /// - Throws: `RecognitionError.unusableTrainingSet` where a label has too few crops, `.invalidParameter` for settings out of
    ///   range, `.cancelled`; `LearnError` otherwise.
    public func train(
        _ set: TrainingSet, progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) async throws -> Outcome {
        try await offCooperativePool { cancellation in try train(set, cancellation: cancellation, progress: progress) }
    }

    /// The same on the calling thread and `threads - 1` others.
    package func train(
        _ set: TrainingSet, cancellation: Cancellation = Cancellation(),
        progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) throws -> Outcome {
        try settings.check()
        try requireEnough(set)
        let rows = try Matrix(set.features)
        let mirrors = try set.mirrors(threads: settings.threads, cancellation: cancellation)
        let grid = (settings.grid ?? set.recipe.grid).candidates(blockLengths: set.extractor.blockLengths, seed: settings.seed)
        let groupsDuplicates = settings.groupDuplicates ?? set.recipe.groupsDuplicates
        let grouped = try groupedFolds(of: set)
        let folds = groupsDuplicates ? grouped : try plainFolds(of: set)
        do {
            let search = GridSearch(
                threads: settings.threads, journal: settings.journal.map { SearchJournal(path: $0.path) },
                progress: { progress($0.done, $0.total) }, isCancelled: { cancellation.isRequested })
            let result = try search.run(candidates: grid, rows: rows, labels: set.classes, folds: folds, augmentation: mirrors)
            // On the same folds the best candidate would only get the same scores again.
            let confirmation = GridSearch(threads: settings.threads, isCancelled: { cancellation.isRequested })
            let apart =
                folds == grouped
                ? result
                : try confirmation.run(
                    candidates: [result.best.candidate], rows: rows, labels: set.classes, folds: grouped, augmentation: mirrors)
            let classifier = try CalibratedClassifier.refit(
                apart, rows: rows, labels: set.classes, augmentation: mirrors, threads: settings.threads)
            // Every crop once: of several repeats the first.
            let assessment = Assessment(
                set: set, labels: set.labels, rows: Array(apart.testedRows.prefix(set.rows.count)),
                probabilities: classifier.calibration.probabilities(apart.best.scores))
            let unknown = try settings.falseAcceptRate.map { rate in
                try UnknownThreshold.leavingClassesOut(
                    apart, rows: rows, labels: set.classes, groups: set.groups, augmentation: mirrors, falseAcceptRate: rate,
                    threads: settings.threads, isCancelled: { cancellation.isRequested })
            }
            let model = try ModelFile(
                classifier: classifier, unknown: unknown, set: set, search: result, groupedMean: apart.best.mean,
                folds: settings.folds, chosenOnGroups: groupsDuplicates)
            return Outcome(model: model, assessment: assessment)
        } catch LearnError.cancelled {
            throw RecognitionError.cancelled
        }
    }

    private func plainFolds(of set: TrainingSet) throws(LearnError) -> [Fold] {
        settings.repeats == 1
            ? try Folds.stratified(labels: set.classes, count: settings.folds)
            : try Folds.repeatedStratified(
                labels: set.classes, count: settings.folds, repetitions: settings.repeats, seed: settings.seed)
    }

    private func groupedFolds(of set: TrainingSet) throws(LearnError) -> [Fold] {
        var folds = try Folds.stratifiedGrouped(labels: set.classes, groups: set.groups, count: settings.folds)
        for repetition in 1..<settings.repeats {
            folds += try Folds.stratifiedGrouped(
                labels: set.classes, groups: set.groups, count: settings.folds, shuffledBy: settings.seed &+ UInt64(repetition))
        }
        return folds
    }

    private func requireEnough(_ set: TrainingSet) throws {
        guard set.labels.count >= 2 else {
            throw RecognitionError.unusableTrainingSet(
                path: set.folder.path, reason: "only one label, \(set.labels[0]), has crops; at least two are needed to tell apart")
        }
        guard settings.falseAcceptRate == nil || set.labels.count >= 3 else {
            throw RecognitionError.unusableTrainingSet(
                path: set.folder.path,
                reason:
                    "two labels have crops; a threshold for strangers is fitted by leaving each person out, which needs three: train without a false accept rate"
            )
        }
        for (index, label) in set.labels.enumerated() {
            let groups = Set(set.classes.indices.filter { set.classes[$0] == index }.map { set.groups[$0] }).count
            guard set.counts[index] >= settings.folds, groups >= 2 else {
                throw RecognitionError.unusableTrainingSet(
                    path: set.folder.path,
                    reason: """
                        label \(label) has \(set.counts[index]) crops of \(groups) different pictures; \(settings.folds) folds need \
                        \(settings.folds) crops of two pictures or more: add photos, take the label away, or ask for fewer --folds
                        """)
            }
        }
    }
}
