import Foundation

/// A trained logistic regression: linear functions W(k)·x + b(k), turned into probabilities by the softmax (or, one-vs-rest, by
/// normalised logistic functions).
public struct LogisticRegression: Classifier, Equatable {
    public let classCount: Int
    /// One row a linear function, in the order of labels; a single one, the log-odds of class 1, for two classes.
    public let coefficients: DoubleMatrix
    public let intercepts: [Double]
    public let form: LogisticParameters.Form
    public let report: FitReport

    public var featureCount: Int { coefficients.columns }

    init(classCount: Int, coefficients: DoubleMatrix, intercepts: [Double], form: LogisticParameters.Form, report: FitReport) {
        self.classCount = classCount
        self.coefficients = coefficients
        self.intercepts = intercepts
        self.form = form
        self.report = report
    }

    /// Minimises C * Σ log loss + ½ |W|², intercepts not penalised, by L-BFGS; in the space of samples when columns outnumber rows.
    /// - Parameter start: a solution on the same samples, for instance for a smaller C, to start from.
    /// - Throws: ``LearnError/invalidParameter(name:value:allowed:)``, ``LearnError/diverged(solver:iteration:)``.
    /// - Complexity: O(rows * min(rows, columns) * classes) a step, and once O(rows² * columns) when columns > rows.
    public static func fit(_ samples: SampleSet, parameters: LogisticParameters, threads: Int) throws(LearnError) -> Self {
        if samples.rows.columns > samples.rows.rows {
            let gram = samples.rows.gram(threads: threads)
            let solution = try SampleSpaceLogistic.fit(
                labels: samples.labels, classCount: samples.classCount, gram: gram, columns: samples.rows.columns,
                parameters: parameters, start: nil, threads: threads)
            return try solution.model(rows: samples.rows, threads: threads)
        }
        return try fitPrimal(samples, parameters: parameters, threads: threads)
    }

    private static func fitPrimal(
        _ samples: SampleSet, parameters: LogisticParameters, threads: Int
    ) throws(LearnError) -> Self {
        try parameters.validate()
        let wide = samples.rows.converted(to: Double.self)
        let transposed = wide.transposed()
        let columns = wide.columns
        var coefficients: [Double] = []
        var intercepts: [Double] = []
        var report = FitReport(iterations: 0, objective: 0, stopReason: .converged)
        for loss in try LogisticTasks.losses(labels: samples.labels, classCount: samples.classCount, parameters: parameters) {
            var objective = PrimalLogisticObjective(
                loss: loss, samples: wide, transposed: transposed, threads: threads, totalWeight: loss.weights.reduce(0, +))
            let start = [Double](repeating: 0, count: loss.outputs * (columns + 1))
            let result = try LBFGS(tolerance: parameters.tolerance, maximumIterations: parameters.maximumIterations)
                .minimise(&objective, from: start)
            coefficients += result.x[0..<loss.outputs * columns]
            intercepts += result.x[(loss.outputs * columns)...]
            report = report.combined(with: result.report)
        }
        return Self(
            classCount: samples.classCount,
            coefficients: DoubleMatrix(rows: intercepts.count, columns: columns, values: coefficients), intercepts: intercepts,
            form: parameters.form, report: report)
    }

    /// W(k)·x + b(k) for every row; for two classes the log-odds of class 1 stand in the second column and 0 in the first.
    /// - Complexity: O(rows * columns * classes).
    public func scores(_ rows: Matrix, threads: Int) throws(LearnError) -> DoubleMatrix {
        let products = try rows.converted(to: Double.self).multiplied(byTransposeOf: coefficients, threads: threads)
        return LogisticTasks.scores(products: products, intercepts: intercepts, classCount: classCount, form: form)
    }

    /// The class with the highest score; the first of equals.
    public func predict(_ rows: Matrix, threads: Int) throws(LearnError) -> [Int] {
        try scores(rows, threads: threads).rowArgmax()
    }

    /// Probabilities of the model itself (not calibrated): rows x classes, each row summing to 1.
    public func probabilities(_ rows: Matrix, threads: Int) throws(LearnError) -> DoubleMatrix {
        let scores = try scores(rows, threads: threads)
        return form == .multinomial || classCount == 2 ? Softmax.rows(scores) : Softmax.normalisedSigmoids(scores)
    }
}

extension FitReport {
    func combined(with other: FitReport) -> FitReport {
        FitReport(
            iterations: iterations + other.iterations, objective: (objective ?? 0) + (other.objective ?? 0),
            stopReason: stopReason == .converged ? other.stopReason : stopReason)
    }
}
