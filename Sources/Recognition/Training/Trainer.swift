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
        /// The share of strangers that may get a known person's name, 0 to 1, by which a threshold for strangers is fitted; nil as the
        /// recipe does: the classic one names everybody, others take faces for strangers so that at most one known person in twenty
        /// loses the name, where there are three labels or more.
        public var falseAcceptRate: Double?
        /// Threads working at once.
        public var threads: Int
        /// Bounds what a search keeps beside the features of the crops, and of many crops all that a training takes, in mebibytes: 64 or
        /// more.
        public var memoryMegabytes: Int
        /// Where finished work is written down, so that a killed search goes on; nil keeps nothing. It stays when the search is
        /// done: the caller removes it once the model is safe.
        public var journal: URL?
        /// Results of a job array's shares of the search, see ``TrainingRun/search(_:progress:)``: what they found out is taken over.
        public var shares: [URL]

        /// The memory that is used unless asked otherwise, in mebibytes.
        public static let standardMemory = 2048

        /// Settings; the defaults are those of `lineup train`.
        public init(
            grid: SearchGrid? = nil, seed: UInt64 = 0, folds: Int = 5, repeats: Int = 1, groupDuplicates: Bool? = nil,
            falseAcceptRate: Double? = nil,
            threads: Int = availableCores, memoryMegabytes: Int = standardMemory, journal: URL? = nil, shares: [URL] = []
        ) {
            self.grid = grid
            self.seed = seed
            self.folds = folds
            self.repeats = repeats
            self.groupDuplicates = groupDuplicates
            self.falseAcceptRate = falseAcceptRate
            self.threads = threads
            self.memoryMegabytes = memoryMegabytes
            self.journal = journal
            self.shares = shares
        }

        /// - Throws: `RecognitionError.invalidParameter` for a value outside its range.
        func check() throws(RecognitionError) {
            guard folds >= 2 else { throw .invalidParameter(name: "folds", value: "\(folds)", allowed: "2 or more") }
            guard (1...1000).contains(repeats) else {
                throw .invalidParameter(name: "repeats", value: "\(repeats)", allowed: "1 to 1000")
            }
            guard threads >= 1 else { throw .invalidParameter(name: "threads", value: "\(threads)", allowed: "1 or more") }
            guard memoryMegabytes >= 64 else {
                throw .invalidParameter(name: "memoryMegabytes", value: "\(memoryMegabytes)", allowed: "64 or more")
            }
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
        /// What was learned from: the set without the labels that had too few pictures.
        public var set: TrainingSet
        /// What should be known of it, a sentence each: labels left out or tested in fewer parts, and strangers that get names.
        public var notices: [String]

        package init(model: ModelFile, assessment: Assessment, set: TrainingSet, notices: [String]) {
            self.model = model
            self.assessment = assessment
            self.set = set
            self.notices = notices
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
        _ whole: TrainingSet, cancellation: Cancellation = Cancellation(),
        progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) throws -> Outcome {
        let splits = try Splits(of: whole, settings: settings)
        let (set, apart, folds) = (splits.set, splits.apart, splits.folds)
        do {
            var parts =
                if let reduced = set.reduced {
                    try trainReduced(reduced, of: set, folds: folds, apart: apart, cancellation: cancellation, progress: progress)
                } else {
                    try trainWhole(set, folds: folds, apart: apart, cancellation: cancellation, progress: progress)
                }
            // The scores are not asked for again: of many crops and people they are what takes most memory.
            let scores = parts.judged.releaseScores(of: parts.best)
            let probabilities = parts.classifier.calibration.selecting(classes: Array(set.labels.indices)).probabilities(consume scores)
            // Every crop once: of several repeats the first.
            let rows = Array(parts.judged.testedRows.prefix(set.rows.count))
            let assessment = Assessment(
                set: set, labels: set.labels, rows: rows,
                probabilities: probabilities.rows == rows.count ? probabilities : probabilities.selecting(rows: Array(rows.indices)))
            let model = try ModelFile(
                classifier: parts.classifier, unknown: parts.unknown, set: set, search: parts.search,
                groupedMean: parts.judged.candidates[parts.best].mean, confusion: assessment.confusionEntries(), folds: settings.folds,
                chosenOnGroups: splits.groupsDuplicates, bystanders: parts.bystanders)
            let everybody =
                parts.unknown == nil && set.recipe.refusesStrangers
                ? ["with fewer than three labels nobody is taken for a stranger: every face gets a name"] : []
            let unwritten = parts.search.journalFailure.map {
                ["the search's journal could not be written (\($0)): had the run been stopped, it would have begun anew"]
            }
            return Outcome(model: model, assessment: assessment, set: set, notices: splits.notices + everybody + (unwritten ?? []))
        } catch LearnError.cancelled {
            throw RecognitionError.cancelled
        }
    }

    /// By what a threshold for strangers is fitted; nil where everybody gets a name.
    func strangerLimit(_ set: TrainingSet) -> UnknownThreshold.Limit? {
        if let rate = settings.falseAcceptRate { return .falseAccepts(rate) }
        return set.recipe.refusesStrangers && set.labels.count >= 3 ? .falseRejects(Self.lostNames) : nil
    }

    /// The share of known people who may lose their name by default.
    static let lostNames = 0.05
}
