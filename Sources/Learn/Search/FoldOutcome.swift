/// One candidate on one fold: what it said of the fold's test rows.
struct FoldOutcome: Sendable, Equatable, Codable {
    var predictions: [Int]
    /// test rows x classes, row-major.
    var scores: [Double]

    init(predictions: [Int], scores: DoubleMatrix) {
        self.predictions = predictions
        self.scores = scores.values
    }

    /// Whether this can be said of `testRows` rows by a model of `classCount` classes.
    func fits(testRows: Int, classCount: Int) -> Bool {
        predictions.count == testRows && predictions.allSatisfy { (0..<classCount).contains($0) }
            && scores.count == testRows * classCount && scores.allSatisfy(\.isFinite)
    }
}

/// A candidate's place in the search's list, and a fold's.
struct OutcomeKey: Hashable, Sendable, Codable {
    var candidate: Int
    var fold: Int
}
