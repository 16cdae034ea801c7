/// Which optimisations a logistic regression consists of.
enum LogisticTasks {
    /// One loss for the multinomial form and for two classes, else one a class.
    static func losses(labels: [Int], classCount: Int, parameters: LogisticParameters) throws(LearnError) -> [LogisticLoss] {
        let classWeights = try parameters.classWeights.resolved(labels: labels, classCount: classCount)
        let weights = labels.map { parameters.cost * classWeights[$0] }
        if classCount == 2 { return [LogisticLoss(outputs: 1, labels: labels, weights: weights)] }
        switch parameters.form {
        case .multinomial: return [LogisticLoss(outputs: classCount, labels: labels, weights: weights)]
        case .oneVersusRest:
            return (0..<classCount).map { label in
                LogisticLoss(outputs: 1, labels: labels.map { $0 == label ? 1 : 0 }, weights: weights)
            }
        }
    }

    /// Adds intercepts to products (rows x functions), and gives two classes their two columns.
    static func scores(
        products: DoubleMatrix, intercepts: [Double], classCount: Int, form: LogisticParameters.Form
    ) -> DoubleMatrix {
        var scores = DoubleMatrix(rows: products.rows, columns: classCount)
        for row in 0..<products.rows {
            for (function, intercept) in intercepts.enumerated() {
                scores[row, intercepts.count == 1 ? 1 : function] = products[row, function] + intercept
            }
        }
        return scores
    }
}

/// A logistic regression in the space of samples: W = A·X.
struct SampleSpaceLogistic {
    let classCount: Int
    /// A: functions x rows.
    let dual: DoubleMatrix
    let intercepts: [Double]
    let form: LogisticParameters.Form
    let report: FitReport

    /// - Parameter gram: inner products of all rows.
    /// - Parameter columns: of the rows behind `gram`.
    /// - Parameter start: a solution on the same Gram matrix to start from.
    static func fit(
        labels: [Int], classCount: Int, gram: DoubleMatrix, columns: Int, parameters: LogisticParameters, start: Self?, threads: Int
    ) throws(LearnError) -> Self {
        try parameters.validate()
        let rows = gram.rows
        var dual: [Double] = []
        var intercepts: [Double] = []
        var report = FitReport(iterations: 0, objective: 0, stopReason: .converged)
        for loss in try LogisticTasks.losses(labels: labels, classCount: classCount, parameters: parameters) {
            var objective = GramLogisticObjective(
                loss: loss, gram: gram, threads: threads, totalWeight: loss.weights.reduce(0, +), columns: columns)
            var first = [Double](repeating: 0, count: loss.outputs * (rows + 1))
            if let start, start.dual.columns == rows {
                let from = intercepts.count
                first.replaceSubrange(
                    0..<loss.outputs * rows, with: start.dual.values[from * rows..<(from + loss.outputs) * rows])
                first.replaceSubrange((loss.outputs * rows)..., with: start.intercepts[from..<from + loss.outputs])
            }
            let result = try LBFGS(tolerance: parameters.tolerance, maximumIterations: parameters.maximumIterations)
                .minimise(&objective, from: first)
            dual += result.x[0..<loss.outputs * rows]
            intercepts += result.x[(loss.outputs * rows)...]
            report = report.combined(with: result.report)
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
    func model(rows: Matrix, threads: Int) throws(LearnError) -> LogisticRegression {
        let turned = rows.converted(to: Double.self).transposed()
        return LogisticRegression(
            classCount: classCount, coefficients: try dual.multiplied(byTransposeOf: turned, threads: threads),
            intercepts: intercepts, form: form, report: report)
    }
}
