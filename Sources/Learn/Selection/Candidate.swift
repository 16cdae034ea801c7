/// One entry of a search: preprocessing and a learning method with its settings.
public struct Candidate: Sendable, Hashable, Codable {
    public var preprocessing: [PreprocessingStep]
    public var estimator: Estimator

    public init(_ estimator: Estimator, preprocessing: [PreprocessingStep] = [.standardScale]) {
        self.preprocessing = preprocessing
        self.estimator = estimator
    }

    /// A stable name: the steps, the estimator and its settings in the order of their names, such as
    /// "scale, svm C=10 gamma=auto kernel=rbf".
    public var name: String {
        let settings = estimator.parameters.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
        return (preprocessing.map(\.name) + ["\(estimator.name)\(settings)"]).joined(separator: ", ")
    }

    /// Learns steps and model from all rows.
    /// - Parameter augmentation: extra rows to learn from.
    /// - Throws: ``LearnError`` as ``SampleSet/init(rows:labels:)`` and the estimator's fit; for the augmentation
    ///   ``LearnError/featureCountMismatch(expected:found:)`` and ``LearnError/invalidParameter(name:value:allowed:)``.
    public func fit(
        rows: Matrix, labels: [Int], augmentation: Augmentation? = nil, threads: Int
    ) throws(LearnError) -> Pipeline {
        try estimator.validate()
        var samples = try SampleSet(rows: rows, labels: labels)
        if let augmentation {
            let extended = try augmentation.extending(rows, labels: labels)
            samples = SampleSet(unchecked: extended.rows, labels: extended.labels, classCount: samples.classCount)
        }
        var steps: [FittedStep] = []
        var transformed = samples.rows
        for step in preprocessing {
            let fitted = try step.fit(transformed, threads: threads)
            transformed = try fitted.transform(transformed, threads: threads)
            steps.append(fitted)
        }
        let model = try estimator.fit(
            SampleSet(unchecked: transformed, labels: samples.labels, classCount: samples.classCount), threads: threads)
        return Pipeline(featureCount: rows.columns, steps: steps, model: model)
    }
}

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

/// Lists of candidates.
public enum Grid {
    /// The grid of the well-known tutorial, in its order: support vector machines with C 1, 10, 100, 1000 and RBF (gamma auto) and
    /// linear kernels, forests of 1, 5, 10, 100 and 300 trees, logistic regressions with C 1, 5, 10; all on standardised features.
    public static func classic(seed: UInt64 = 0) -> [Candidate] {
        let machines = [KernelFunction.rbf(gamma: .auto), .linear].flatMap { kernel in
            [1.0, 10, 100, 1000].map { Candidate(.svm(SVMParameters(cost: $0, kernel: kernel))) }
        }
        let forests = [1, 5, 10, 100, 300].map { Candidate(.randomForest(ForestParameters(trees: $0, seed: seed))) }
        let regressions = [1.0, 5, 10].map { Candidate(.logisticRegression(LogisticParameters(cost: $0))) }
        return machines + forests + regressions
    }
}
