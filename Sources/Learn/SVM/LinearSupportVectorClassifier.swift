import Support

/// A linear support vector machine, one-vs-rest: for each class ½|w|² + ½b² + C Σ max(0, 1 - y(w·x + b))² (two classes: one machine,
/// y being +1 for class 1). Time grows linearly with rows, where ``SupportVectorClassifier`` needs their square.
public struct LinearSupportVectorClassifier: Classifier {
    /// Labels are 0..<classCount.
    public let classCount: Int
    /// One row a machine: a single one for two classes, else one a class.
    public let coefficients: DoubleMatrix
    /// b, one a machine.
    public let intercepts: [Double]
    /// How the fit went.
    public let report: FitReport

    /// Columns that rows must have.
    public var featureCount: Int { coefficients.columns }

    init(classCount: Int, coefficients: DoubleMatrix, intercepts: [Double], report: FitReport) {
        self.classCount = classCount
        self.coefficients = coefficients
        self.intercepts = intercepts
        self.report = report
    }

    /// Solves the dual by coordinate descent (Hsieh et al., "A dual coordinate descent method for large-scale linear SVM", ICML
    /// 2008), machines in parallel.
    /// - Throws: ``LearnError/invalidParameter(name:value:allowed:)``.
    /// - Complexity: O(rows * columns) a pass and class.
    public static func fit(_ samples: LabelledRows, parameters: LinearSVMParameters, threads: Int) throws(LearnError) -> Self {
        try parameters.validate()
        let weights = try parameters.classWeights.resolved(labels: samples.labels, classCount: samples.classCount)
        let positives = samples.classCount == 2 ? [1] : Array(0..<samples.classCount)
        let solved = Parallel.map(positives.count, threads: threads) { index in
            let descent = DualCoordinateDescent(
                rows: samples.rows, signs: samples.labels.map { $0 == positives[index] ? 1 : -1 },
                costs: samples.labels.map { parameters.cost * weights[$0] }, parameters: parameters, stream: index)
            return descent.solve()
        }
        return Self(
            classCount: samples.classCount,
            coefficients: DoubleMatrix(rows: solved.count, columns: samples.rows.columns, values: solved.flatMap(\.weights)),
            intercepts: solved.map(\.intercept),
            report: solved.dropFirst().reduce(solved[0].report) { $0.combined(with: $1.report) })
    }

    /// w(k)·x + b(k) for every row; for two classes the machine's value stands in the second column and 0 in the first.
    public func scores(_ rows: Matrix, threads: Int) throws(LearnError) -> DoubleMatrix {
        try rows.requireColumns(featureCount)
        let products = try rows.converted(to: Double.self).multiplied(byTransposeOf: coefficients, threads: threads)
        return LogisticTasks.scores(products: products, intercepts: intercepts, classCount: classCount, form: .oneVersusRest)
    }

    /// The class with the highest score; the first of equals.
    public func predict(_ rows: Matrix, threads: Int) throws(LearnError) -> [Int] {
        try scores(rows, threads: threads).rowArgmax()
    }
}
