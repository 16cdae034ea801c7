/// Logistic regressions in the space of weights on one set of samples, whose copies in double precision are made once.
struct PrimalLogistic {
    private let samples: LabelledRows
    private let wide: DoubleMatrix
    private let transposed: DoubleMatrix
    private let threads: Int

    init(_ samples: LabelledRows, threads: Int) {
        self.samples = samples
        self.threads = threads
        wide = samples.rows.converted(to: Double.self)
        transposed = wide.transposed()
    }

    /// - Parameter start: a solution on the same samples to start from.
    func fit(_ parameters: LogisticParameters, start: LogisticRegression?) throws(LearnError) -> LogisticRegression {
        try parameters.validate()
        let columns = wide.columns
        var coefficients: [Double] = []
        var intercepts: [Double] = []
        var report = FitReport(iterations: 0, objective: 0, stopReason: .converged)
        for loss in try LogisticTasks.losses(labels: samples.labels, classCount: samples.classCount, parameters: parameters) {
            var objective = PrimalLogisticObjective(
                loss: loss, samples: wide, transposed: transposed, threads: threads, totalWeight: loss.weights.reduce(0, +))
            var first = [Double](repeating: 0, count: loss.outputs * (columns + 1))
            if let start {
                let from = intercepts.count
                first.replaceSubrange(
                    0..<loss.outputs * columns,
                    with: start.coefficients.values[from * columns..<(from + loss.outputs) * columns])
                first.replaceSubrange((loss.outputs * columns)..., with: start.intercepts[from..<from + loss.outputs])
            }
            let result = try LBFGS(tolerance: parameters.tolerance, maximumIterations: parameters.maximumIterations)
                .minimise(&objective, from: first)
            coefficients += result.x[0..<loss.outputs * columns]
            intercepts += result.x[(loss.outputs * columns)...]
            report = report.combined(with: result.report)
        }
        return LogisticRegression(
            classCount: samples.classCount,
            coefficients: DoubleMatrix(rows: intercepts.count, columns: columns, values: coefficients), intercepts: intercepts,
            form: parameters.form, report: report)
    }
}
