/// What a search found out about one candidate.
public struct CandidateResult: Sendable, Equatable {
    /// The candidate.
    public let candidate: Candidate
    /// Share of right labels in each fold's test rows; empty when the candidate failed.
    public let foldAccuracies: [Double]
    /// Mean over the folds; NaN when the candidate failed.
    public let mean: Double
    /// Population standard deviation over the folds; NaN when the candidate failed.
    public let standardDeviation: Double
    /// Labels given to ``SearchResult/testedRows`` by models that had not seen them, by the estimator's own decision rule.
    public let predictions: [Int]
    /// Scores of the same rows (see ``Classifier/scores(_:threads:)``), from which calibration learns.
    public private(set) var scores: DoubleMatrix
    /// Why the candidate could not be judged; nil for those that could.
    public let failure: LearnError?

    init(candidate: Candidate, foldAccuracies: [Double], predictions: [Int], scores: DoubleMatrix) {
        self.candidate = candidate
        self.foldAccuracies = foldAccuracies
        self.predictions = predictions
        self.scores = scores
        failure = nil
        mean = foldAccuracies.reduce(0, +) / Double(foldAccuracies.count)
        standardDeviation = Folds.deviation(foldAccuracies)
    }

    /// Hands the scores over and keeps none.
    mutating func releaseScores() -> DoubleMatrix {
        defer { scores = DoubleMatrix(rows: 0, columns: 0) }
        return scores
    }

    init(candidate: Candidate, failure: LearnError) {
        self.candidate = candidate
        self.failure = failure
        foldAccuracies = []
        predictions = []
        scores = DoubleMatrix(rows: 0, columns: 0)
        mean = .nan
        standardDeviation = .nan
    }
}
