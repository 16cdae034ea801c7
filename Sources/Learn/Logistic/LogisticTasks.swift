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
