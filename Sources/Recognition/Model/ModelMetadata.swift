import Learn

/// The part of a model file that is not numbers, as JSON under the metadata key `lineup`.
public struct ModelMetadata: Sendable, Equatable, Codable {
    /// Grows when an older reader would misread the file.
    public static let newestSchema = 2

    /// The version of the file's layout.
    public var schema: Int
    /// In class order.
    public var labels: [String]
    /// Training crops per label.
    public var counts: [Int]
    /// How many bystanders were learned from, as a class of strangers behind those of the labels; nil where none were.
    public var bystanders: Int?
    /// How faces are searched and measured.
    public var recipe: Recipe
    /// SHA-256 of each cascade file by its name.
    public var cascades: [String: String]
    /// How many parts cross-validation had.
    public var folds: Int
    /// Whether the folds that chose the best candidate kept near-duplicates together.
    public var chosenOnGroups: Bool
    /// The cross-validation table.
    public var candidates: [ModelSummary.Candidate]
    /// The chosen one's place in `candidates`.
    public var best: Int
    /// The best candidate's mean accuracy over grouped folds.
    public var groupedMean: Double
    /// Its confusion matrix over the same folds: the entries that are not zero, each `[true class, said class, crops]`; nil in files of
    /// former versions.
    public var confusion: [[Int]]?
    /// ISO 8601, UTC.
    public var trainedAt: String
    /// SHA-256 over every crop's label, name and content.
    public var dataHash: String
}

extension ModelSummary.Candidate {
    /// A candidate that failed in the search has no folds and mean and spread 0.
    init(_ result: CandidateResult, tiesWithBest: Bool) {
        self.init(
            estimator: result.candidate.estimator.name, parameters: result.candidate.estimator.settings,
            foldAccuracies: result.foldAccuracies, mean: result.failure == nil ? result.mean : 0,
            standardDeviation: result.failure == nil ? result.standardDeviation : 0,
            tiesWithBest: result.failure == nil ? tiesWithBest : nil)
    }
}
