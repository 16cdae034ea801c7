/// What a model file says of itself.
public struct ModelSummary: Sendable, Equatable, Codable {
    public struct Candidate: Sendable, Equatable, Codable {
        /// An estimator's name in Learn, such as "svm", "random_forest", "logistic_regression".
        public var estimator: String
        /// For example ["C": "10", "kernel": "rbf", "gamma": "auto"].
        public var parameters: [String: String]
        public var foldAccuracies: [Double]
        public var mean: Double
        /// Population standard deviation over the folds.
        public var standardDeviation: Double
        /// Whether chance explains how it differs from the best (McNemar's test at 5 %); nil for a candidate that failed.
        public var tiesWithBest: Bool?

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

    public var identity: ModelIdentity
    public var labels: [String]
    /// Training crops per label, in the order of `labels`.
    public var counts: [Int]
    /// "classic" or "best".
    public var recipe: String
    public var best: Candidate
    public var candidates: [Candidate]
    /// Mean accuracy of the best candidate over folds that keep near-duplicate photos together.
    public var groupedMean: Double?
    /// ISO 8601, UTC.
    public var trainedAt: String
    /// SHA-256 of the training data.
    public var dataHash: String

    public init(
        identity: ModelIdentity, labels: [String], counts: [Int], recipe: String, best: Candidate, candidates: [Candidate],
        groupedMean: Double?, trainedAt: String, dataHash: String
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
    }
}
