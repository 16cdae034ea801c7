import Support

/// Preprocessing and model as they were learned together.
public struct Pipeline: Classifier {
    /// Columns of the rows before preprocessing.
    public let featureCount: Int
    /// The preprocessing, in order.
    public let steps: [FittedStep]
    /// What sees the preprocessed rows.
    public let model: TrainedModel

    /// Puts steps and a model together; the model must take the columns that the last step gives.
    public init(featureCount: Int, steps: [FittedStep], model: TrainedModel) {
        self.featureCount = featureCount
        self.steps = steps
        self.model = model
    }

    /// Labels are 0..<classCount.
    public var classCount: Int { model.classCount }
    /// How the fit went.
    public var report: FitReport { model.report }

    /// Rows as the model sees them.
    /// - Throws: ``LearnError/featureCountMismatch(expected:found:)``, ``LearnError/nonFinite(row:column:value:)`` for rows that are
    ///   not finite before or after the steps (numbers far outside the training rows' range leave single precision).
    public func transform(_ rows: Matrix, threads: Int = .allCores) throws(LearnError) -> Matrix {
        guard rows.columns == featureCount else {
            throw LearnError.featureCountMismatch(expected: featureCount, found: rows.columns)
        }
        try rows.requireFinite()
        var transformed = rows
        for step in steps { transformed = try step.transform(transformed, threads: threads) }
        if !steps.isEmpty { try transformed.requireFinite() }
        return transformed
    }

    /// The label of every row, see ``Classifier/predict(_:threads:)``.
    public func predict(_ rows: Matrix, threads: Int) throws(LearnError) -> [Int] {
        try model.predict(try transform(rows, threads: threads), threads: threads)
    }

    /// One number a class for every row, see ``Classifier/scores(_:threads:)``.
    public func scores(_ rows: Matrix, threads: Int) throws(LearnError) -> DoubleMatrix {
        try model.scores(try transform(rows, threads: threads), threads: threads)
    }

    /// The model's own probabilities, see ``TrainedModel/probabilities(_:threads:)``.
    public func probabilities(_ rows: Matrix, threads: Int = .allCores) throws(LearnError) -> DoubleMatrix? {
        try model.probabilities(try transform(rows, threads: threads), threads: threads)
    }
}
