import Learn

/// What a model file says of itself: the keys of `lineup info --json`, `lineup train --json` and `GET /api/model`.
public struct ModelSummary: Sendable, Equatable, Codable {
    /// One line of the cross-validation table.
    public struct Candidate: Sendable, Equatable, Codable {
        /// An estimator's name in Learn, such as "svm", "random_forest", "logistic_regression".
        public var estimator: String
        /// For example ["C": "10", "kernel": "rbf", "gamma": "auto"].
        public var parameters: [String: String]
        /// Share of right answers in each fold; empty for a candidate that failed.
        public var foldAccuracies: [Double]
        /// Over the folds.
        public var mean: Double
        /// Population standard deviation over the folds.
        public var standardDeviation: Double
        /// Whether chance explains how it differs from the best (McNemar's test at 5 %); nil for a candidate that failed.
        public var tiesWithBest: Bool?

        /// A line with these figures.
        public init(
            estimator: String, parameters: [String: String], foldAccuracies: [Double], mean: Double, standardDeviation: Double,
            tiesWithBest: Bool? = nil
        ) {
            self.estimator = estimator
            self.parameters = parameters
            self.foldAccuracies = foldAccuracies
            self.mean = mean
            self.standardDeviation = standardDeviation
            self.tiesWithBest = tiesWithBest
        }
    }

    /// Which file it is.
    public var identity: ModelIdentity
    /// In class order.
    public var labels: [String]
    /// Training crops per label, in the order of `labels`.
    public var counts: [Int]
    /// "classic" or "best".
    public var recipe: String
    /// The candidate that was chosen.
    public var best: Candidate
    /// All that were tried, in the grid's order.
    public var candidates: [Candidate]
    /// Mean accuracy of the best candidate over folds that keep near-duplicate photos together.
    public var groupedMean: Double?
    /// ISO 8601, UTC.
    public var trainedAt: String
    /// SHA-256 of the training data.
    public var dataHash: String
    /// Which faces are taken for unknown people; nil where everybody gets the most probable name.
    public var unknown: UnknownThreshold?
    /// The confusion matrix of the best candidate over grouped folds: the entries that are not zero, each `[true class, said class, crops]`.
    /// Nil in files of former versions.
    public var confusion: [[Int]]?

    /// A summary with these parts.
    public init(
        identity: ModelIdentity, labels: [String], counts: [Int], recipe: String, best: Candidate, candidates: [Candidate],
        groupedMean: Double?, trainedAt: String, dataHash: String, unknown: UnknownThreshold? = nil, confusion: [[Int]]? = nil
    ) {
        self.identity = identity
        self.labels = labels
        self.counts = counts
        self.recipe = recipe
        self.best = best
        self.candidates = candidates
        self.groupedMean = groupedMean
        self.trainedAt = trainedAt
        self.dataHash = dataHash
        self.unknown = unknown
        self.confusion = confusion
    }

    /// What `model`, whose file has this identity, says of itself.
    init(of model: ModelFile, identity: ModelIdentity) {
        let metadata = model.metadata
        self.init(
            identity: identity, labels: metadata.labels, counts: metadata.counts, recipe: metadata.recipe.name,
            best: metadata.candidates[metadata.best], candidates: metadata.candidates, groupedMean: metadata.groupedMean,
            trainedAt: metadata.trainedAt, dataHash: metadata.dataHash, unknown: model.unknown,
            confusion: metadata.confusion)
    }
}
