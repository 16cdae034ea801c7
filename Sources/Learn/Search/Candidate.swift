import Support

/// One entry of a search: preprocessing and a learning method with its settings.
public struct Candidate: Sendable, Hashable, Encodable {
    /// What is done to rows before the method sees them, in order.
    public var preprocessing: [PreprocessingStep]
    /// The learning method with its settings.
    public var estimator: Estimator

    /// A learning method on rows that are standardised, or preprocessed as given.
    public init(_ estimator: Estimator, preprocessing: [PreprocessingStep] = [.standardScale]) {
        self.preprocessing = preprocessing
        self.estimator = estimator
    }

    /// As ``init(_:preprocessing:)-(Estimator,_)`` for any learning method, of this library or your own.
    public init(_ learner: some Learner, preprocessing: [PreprocessingStep] = [.standardScale]) {
        self.init(Estimator(learner), preprocessing: preprocessing)
    }

    /// A stable name: the steps, the estimator and its settings in the order of their names, such as
    /// "scale, svm C=10 gamma=auto kernel=rbf".
    public var name: String {
        let settings = estimator.settings.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
        return (preprocessing.map(\.name) + ["\(estimator.name)\(settings)"]).joined(separator: ", ")
    }

    /// Learns steps and model from all rows.
    /// - Parameters:
    ///   - rows: one sample a row.
    ///   - labels: the class of every row.
    ///   - augmentation: extra rows to learn from.
    ///   - threads: threads working at once; the result does not depend on it.
    /// - Throws: ``LearnError`` as ``LabelledRows/init(rows:labels:)`` and the estimator's fit; for the augmentation
    ///   ``LearnError/featureCountMismatch(expected:found:)`` and ``LearnError/invalidParameter(name:value:allowed:)``.
    public func fit(
        rows: Matrix, labels: [Int], augmentation: Augmentation? = nil, threads: Int = .allCores
    ) throws(LearnError) -> Pipeline {
        try estimator.validate()
        var samples = try LabelledRows(rows: rows, labels: labels)
        if let augmentation {
            let extended = try augmentation.extending(rows, labels: labels)
            samples = LabelledRows(unchecked: extended.rows, labels: extended.labels, classCount: samples.classCount)
        }
        var steps: [FittedStep] = []
        var transformed = samples.rows
        for step in preprocessing {
            let fitted = try step.fit(transformed, threads: threads)
            transformed = try fitted.transform(transformed, threads: threads)
            steps.append(fitted)
        }
        let model = try estimator.fit(
            LabelledRows(unchecked: transformed, labels: samples.labels, classCount: samples.classCount), threads: threads)
        return Pipeline(featureCount: rows.columns, steps: steps, model: model)
    }
}
