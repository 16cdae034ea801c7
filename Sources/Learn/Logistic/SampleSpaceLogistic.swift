/// A logistic regression in the space of samples: W = A·X.
struct SampleSpaceLogistic {
    let classCount: Int
    /// A: functions x rows.
    let dual: DoubleMatrix
    let intercepts: [Double]
    let form: LogisticParameters.Form
    let report: FitReport

    /// Fits to a tighter tolerance take too many steps to begin without a Gram matrix.
    private static let shortFitTolerance = 1e-5

    /// - Parameter products: inner products of all rows.
    /// - Parameter columns: of the rows behind `products`.
    /// - Parameter start: a solution on the same rows to start from.
    static func fit(
        labels: [Int], classCount: Int, products: SampleProducts, columns: Int, parameters: LogisticParameters, start: Self?
    ) throws(LearnError) -> Self {
        try parameters.validate()
        let rows = products.count
        var dual: [Double] = []
        var intercepts: [Double] = []
        var report = FitReport(iterations: 0, objective: 0, stopReason: .converged)
        func append(_ result: LBFGS.Result) {
            let weights = result.x.count / (rows + 1) * rows
            dual += result.x[..<weights]
            intercepts += result.x[weights...]
            report = report.combined(with: result.report)
        }
        for loss in try LogisticTasks.losses(labels: labels, classCount: classCount, parameters: parameters) {
            var objective = GramLogisticObjective(
                loss: loss, products: products, totalWeight: loss.weights.reduce(0, +), columns: columns)
            var first = [Double](repeating: 0, count: loss.outputs * (rows + 1))
            if let start, start.dual.columns == rows {
                let from = intercepts.count
                first.replaceSubrange(
                    0..<loss.outputs * rows, with: start.dual.values[from * rows..<(from + loss.outputs) * rows])
                first.replaceSubrange((loss.outputs * rows)..., with: start.intercepts[from..<from + loss.outputs])
            }
            var steps = 0
            if parameters.tolerance < shortFitTolerance { products.formGram() }
            if let cheap = products.stepsBeforeGram(outputs: loss.outputs) {
                let result = try LBFGS(
                    tolerance: parameters.tolerance, maximumIterations: min(cheap, parameters.maximumIterations)
                ).minimise(&objective, from: first)
                steps = result.report.iterations
                first = result.x
                if result.report.stopReason == .converged || steps == parameters.maximumIterations {
                    append(result)
                    continue
                }
                products.formGram()
            }
            var result = try LBFGS(tolerance: parameters.tolerance, maximumIterations: parameters.maximumIterations - steps)
                .minimise(&objective, from: first)
            result.report.iterations += steps
            append(result)
        }
        return Self(
            classCount: classCount, dual: DoubleMatrix(rows: intercepts.count, columns: rows, values: dual),
            intercepts: intercepts, form: parameters.form, report: report)
    }

    /// Scores of other rows from their inner products with the training rows.
    func scores(products: DoubleMatrix, threads: Int) throws(LearnError) -> DoubleMatrix {
        LogisticTasks.scores(
            products: try products.multiplied(byTransposeOf: dual, threads: threads), intercepts: intercepts,
            classCount: classCount, form: form)
    }

    /// The model with its weights written out: W = A·X.
    func model(rows: Matrix, threads: Int) -> LogisticRegression {
        let coefficients = MixedProducts.times(dual, rows, threads: threads)
        return LogisticRegression(
            classCount: classCount, coefficients: coefficients, intercepts: intercepts, form: form, report: report)
    }
}
