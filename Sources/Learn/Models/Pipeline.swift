/// Preprocessing and model as they were learned together.
public struct Pipeline: Classifier, Equatable {
    /// Columns of the rows before preprocessing.
    public let featureCount: Int
    public let steps: [FittedStep]
    public let model: TrainedModel

    public init(featureCount: Int, steps: [FittedStep], model: TrainedModel) {
        self.featureCount = featureCount
        self.steps = steps
        self.model = model
    }

    public var classCount: Int { model.classCount }
    public var report: FitReport { model.report }

    /// Rows as the model sees them.
    /// - Throws: ``LearnError/featureCountMismatch(expected:found:)``, ``LearnError/nonFinite(row:column:value:)``.
    public func transform(_ rows: Matrix, threads: Int) throws(LearnError) -> Matrix {
        guard rows.columns == featureCount else {
            throw LearnError.featureCountMismatch(expected: featureCount, found: rows.columns)
        }
        try rows.requireFinite()
        var transformed = rows
        for step in steps { transformed = try step.transform(transformed, threads: threads) }
        return transformed
    }

    public func predict(_ rows: Matrix, threads: Int) throws(LearnError) -> [Int] {
        try model.predict(try transform(rows, threads: threads), threads: threads)
    }

    public func scores(_ rows: Matrix, threads: Int) throws(LearnError) -> DoubleMatrix {
        try model.scores(try transform(rows, threads: threads), threads: threads)
    }

    /// The model's own probabilities, see ``TrainedModel/probabilities(_:threads:)``.
    public func probabilities(_ rows: Matrix, threads: Int) throws(LearnError) -> DoubleMatrix? {
        try model.probabilities(try transform(rows, threads: threads), threads: threads)
    }
}
