import Support

/// A pipeline whose scores have been calibrated. The label of a row is always the class of highest probability.
public struct CalibratedClassifier: Sendable, Equatable {
    /// Preprocessing and model.
    public let pipeline: Pipeline
    /// What turns its scores into probabilities.
    public let calibration: Calibration

    /// Puts a pipeline and a calibration together; the calibration must be of the same classes.
    public init(pipeline: Pipeline, calibration: Calibration) {
        self.pipeline = pipeline
        self.calibration = calibration
    }

    /// Refits a search's best candidate (or another one of it) on all rows, and calibrates on its out-of-fold scores.
    /// - Parameters:
    ///   - result: a finished search.
    ///   - index: of the candidate in `result`; nil is the best.
    ///   - rows: all rows of that search.
    ///   - labels: their classes.
    ///   - augmentation: the search's extra rows, which the refitted model learns from too.
    ///   - method: how scores become probabilities.
    ///   - threads: threads working at once; the result does not depend on it.
    /// - Throws: ``LearnError`` as ``Candidate/fit(rows:labels:augmentation:threads:)`` and ``Calibration/fit(_:scores:labels:threads:)``; the candidate's
    ///   own failure when it failed in the search.
    public static func refit(
        _ result: SearchResult, candidate index: Int? = nil, rows: Matrix, labels: [Int], augmentation: Augmentation? = nil,
        method: CalibrationMethod = .temperature, threads: Int = .allCores
    ) throws(LearnError) -> Self {
        let chosen = result.candidates[index ?? result.bestIndex]
        if let failure = chosen.failure { throw failure }
        let pipeline = try chosen.candidate.fit(rows: rows, labels: labels, augmentation: augmentation, threads: threads)
        let calibration = try Calibration.fit(method, scores: chosen.scores, labels: result.testedRows.map { labels[$0] }, threads: threads)
        return Self(pipeline: pipeline, calibration: calibration)
    }

    /// Labels are 0..<classCount.
    public var classCount: Int { pipeline.classCount }
    /// Columns that rows must have.
    public var featureCount: Int { pipeline.featureCount }

    /// Calibrated probabilities: rows x classes, each row summing to 1.
    /// - Throws: ``LearnError/featureCountMismatch(expected:found:)``, ``LearnError/nonFinite(row:column:value:)`` for rows, or scores
    ///   of them, that are not finite.
    public func probabilities(_ rows: Matrix, threads: Int = .allCores) throws(LearnError) -> DoubleMatrix {
        let probabilities = calibration.probabilities(try pipeline.scores(rows, threads: threads))
        if let place = probabilities.values.firstIndex(where: { !$0.isFinite }) {
            throw LearnError.nonFinite(
                row: place / probabilities.columns, column: place % probabilities.columns, value: Float(probabilities.values[place]))
        }
        return probabilities
    }

    /// The most probable class of every row; of equals the first.
    public func predict(_ rows: Matrix, threads: Int = .allCores) throws(LearnError) -> [Int] {
        try probabilities(rows, threads: threads).rowArgmax()
    }
}
