import Foundation
import Learn

/// Learns a model from a training set: grid search by cross-validation, refit of the best candidate, calibration.
public struct Trainer: Sendable {
    public struct Settings: Sendable {
        /// What is searched; nil is the recipe's own grid.
        public var grid: [Candidate]?
        /// Of everything random in the recipe's own grid.
        public var seed: UInt64
        public var folds: Int
        /// Whether near-duplicates stay on one side of the splits that choose the best candidate.
        public var groupDuplicates: Bool
        /// The share of strangers that may get a known person's name, by which a threshold for strangers is fitted; nil names everybody.
        public var falseAcceptRate: Double?
        public var threads: Int
        /// Where finished work is written down, so that a killed search goes on; nil keeps nothing.
        public var journal: URL?

        public init(
            grid: [Candidate]? = nil, seed: UInt64 = 0, folds: Int = 5, groupDuplicates: Bool, falseAcceptRate: Double? = nil, threads: Int,
            journal: URL? = nil
        ) {
            self.grid = grid
            self.seed = seed
            self.folds = folds
            self.groupDuplicates = groupDuplicates
            self.falseAcceptRate = falseAcceptRate
            self.threads = threads
            self.journal = journal
        }
    }

    /// What a training gives besides the model itself.
    public struct Outcome: Sendable {
        public var model: ModelFile
        /// Predictions for every training crop by models that had not seen it or anything like it.
        public var assessment: Assessment
    }

    public let recipe: Recipe
    public let settings: Settings

    public init(recipe: Recipe, settings: Settings) {
        self.recipe = recipe
        self.settings = settings
    }

    /// Searches, refits, calibrates.
    ///
    /// The splits that choose are grouped or not, as the settings say; the score of the best candidate is always taken on
    /// grouped splits too, and its out-of-fold scores there are what calibration learns from, so that a photo's twin never
    /// vouches for it.
    /// - Throws: `RecognitionError.unusableTrainingSet` where a label has too few crops; `.cancelled`; `LearnError` otherwise.
    public func train(
        _ set: TrainingSet, cancellation: Cancellation = Cancellation(), progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void
    ) throws -> Outcome {
        try requireEnough(set)
        let rows = try Matrix(set.features)
        let extractor = try FeatureExtractor(settings: recipe.features)
        let mirrors = try set.mirrors(extractor, threads: settings.threads, cancellation: cancellation)
        let grid = settings.grid ?? recipe.grid(blockLengths: extractor.blockLengths, seed: settings.seed)
        let plain = try Folds.stratified(labels: set.classes, count: settings.folds)
        let grouped = try Folds.stratifiedGrouped(labels: set.classes, groups: set.groups, count: settings.folds)
        do {
            let search = GridSearch(
                threads: settings.threads, journal: settings.journal.map { SearchJournal(path: $0.path) },
                progress: { progress($0.done, $0.total) }, isCancelled: { cancellation.isRequested })
            let result = try search.run(
                candidates: grid, rows: rows, labels: set.classes, folds: settings.groupDuplicates ? grouped : plain, augmentation: mirrors)
            let confirmation = GridSearch(threads: settings.threads, isCancelled: { cancellation.isRequested })
            let apart = try confirmation.run(
                candidates: [result.best.candidate], rows: rows, labels: set.classes, folds: grouped, augmentation: mirrors)
            let classifier = try CalibratedClassifier.refit(
                apart, rows: rows, labels: set.classes, augmentation: mirrors, threads: settings.threads)
            let assessment = Assessment(
                set: set, labels: set.labels, rows: apart.testedRows,
                probabilities: classifier.calibration.probabilities(apart.best.scores))
            let unknown = try settings.falseAcceptRate.map { rate in
                try UnknownThreshold.leavingClassesOut(
                    apart, rows: rows, labels: set.classes, groups: set.groups, augmentation: mirrors, falseAcceptRate: rate,
                    threads: settings.threads, isCancelled: { cancellation.isRequested })
            }
            let model = try ModelFile(
                classifier: classifier, unknown: unknown, set: set, recipe: recipe, search: result, groupedMean: apart.best.mean,
                folds: settings.folds, chosenOnGroups: settings.groupDuplicates)
            if let journal = settings.journal { try AtomicFile.remove(journal) }
            return Outcome(model: model, assessment: assessment)
        } catch LearnError.cancelled {
            throw RecognitionError.cancelled
        }
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
