import Foundation
import Support

/// A trained logistic regression: linear functions W(k)·x + b(k), turned into probabilities by the softmax (or, one-vs-rest, by
/// normalised logistic functions).
public struct LogisticRegression: Classifier {
    /// Labels are 0..<classCount.
    public let classCount: Int
    /// One row a linear function, in the order of labels; a single one, the log-odds of class 1, for two classes.
    public let coefficients: DoubleMatrix
    /// b, one a linear function.
    public let intercepts: [Double]
    /// How scores become probabilities.
    public let form: LogisticParameters.Form
    /// How the fit went.
    public let report: FitReport

    /// Columns that rows must have.
    public var featureCount: Int { coefficients.columns }

    init(classCount: Int, coefficients: DoubleMatrix, intercepts: [Double], form: LogisticParameters.Form, report: FitReport) {
        self.classCount = classCount
        self.coefficients = coefficients
        self.intercepts = intercepts
        self.form = form
        self.report = report
    }

    /// Minimises C * Σ log loss + ½ |W|², intercepts not penalised, by L-BFGS; in the space of samples when columns outnumber rows.
    /// - Throws: ``LearnError/invalidParameter(name:value:allowed:)``, ``LearnError/diverged(solver:iteration:)``.
    /// - Complexity: O(rows * min(rows, columns) * classes) a step, and once at most O(rows² * columns) when columns > rows.
    public static func fit(_ samples: LabelledRows, parameters: LogisticParameters, threads: Int = .allCores) throws(LearnError) -> Self {
        try path(samples, costs: [parameters.cost], parameters: parameters, threads: threads)[0]
    }

    /// Solutions for several C, each started from the one before: ascending C is cheapest.
    /// - Parameters:
    ///   - samples: rows and labels to learn from.
    ///   - costs: take the place of the C in `parameters`.
    ///   - parameters: the settings.
    ///   - threads: threads working at once; the result does not depend on it.
    /// - Returns: a model for every C, in their order.
    /// - Throws: as ``fit(_:parameters:threads:)``; ``LearnError/empty(what:)`` without any C.
    public static func path(
        _ samples: LabelledRows, costs: [Double], parameters: LogisticParameters, threads: Int = .allCores
    ) throws(LearnError) -> [Self] {
        guard !costs.isEmpty else { throw LearnError.empty(what: "values of C") }
        var models: [Self] = []
        if samples.rows.columns > samples.rows.rows {
            let products = SampleProducts(rows: samples.rows, threads: threads)
            var last: SampleSpaceLogistic?
            for cost in costs {
                let solution = try SampleSpaceLogistic.fit(
                    labels: samples.labels, classCount: samples.classCount, products: products, columns: samples.rows.columns,
                    parameters: parameters.with(cost: cost), start: last)
                models.append(solution.model(rows: samples.rows, threads: threads))
                last = solution
            }
        } else {
            let primal = PrimalLogistic(samples, threads: threads)
            for cost in costs {
                models.append(try primal.fit(parameters.with(cost: cost), start: models.last))
            }
        }
        return models
    }

    /// W(k)·x + b(k) for every row; for two classes the log-odds of class 1 stand in the second column and 0 in the first.
    /// - Complexity: O(rows * columns * classes).
    public func scores(_ rows: Matrix, threads: Int) throws(LearnError) -> DoubleMatrix {
        try rows.requireColumns(featureCount)
        let products = try rows.converted(to: Double.self).multiplied(byTransposeOf: coefficients, threads: threads)
        return LogisticTasks.scores(products: products, intercepts: intercepts, classCount: classCount, form: form)
    }

    /// The class with the highest score; the first of equals.
    public func predict(_ rows: Matrix, threads: Int) throws(LearnError) -> [Int] {
        try scores(rows, threads: threads).rowArgmax()
    }

    /// Probabilities of the model itself (not calibrated): rows x classes, each row summing to 1.
    public func probabilities(_ rows: Matrix, threads: Int = .allCores) throws(LearnError) -> DoubleMatrix {
        let scores = try scores(rows, threads: threads)
        return form == .multinomial || classCount == 2 ? Softmax.rows(scores) : Softmax.normalisedSigmoids(scores)
    }
}
