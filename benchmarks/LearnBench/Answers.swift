import Foundation
import Learn

/// What Learn makes of one set, as JSON for benchmarks/peers/learn_verify.py to hold against scikit-learn: machines of every kernel
/// and logistic regressions on all rows, fold members, and accuracies by fold.
struct Answers: Encodable {
    struct Model: Encodable {
        var name: String
        var objective: Double
        /// Rows x pairs for machines, rows x classes (probabilities) for logistic regressions.
        var values: [Double]
        var predictions: [Int]
    }

    var models: [Model] = []
    var folds: [[Int]]
    /// By candidate (a machine with C 1 and gamma auto, a logistic regression with C 1) and fold, scaled inside the folds.
    var accuracies: [[Double]]

    init(rows: Matrix, labels: [Int], threads: Int) throws {
        let samples = try LabelledRows(rows: rows, labels: labels)
        let kernels: [(String, KernelFunction)] = [
            ("linear", .linear), ("rbf", .rbf(gamma: .scale)), ("poly", .polynomial(degree: 3, gamma: .auto, coefficient: 1)),
            ("sigmoid", .sigmoid(gamma: .value(0.01), coefficient: 0.1)),
        ]
        for (name, kernel) in kernels {
            let model = try SupportVectorClassifier.fit(
                samples, parameters: SVMParameters(cost: 1, kernel: kernel, tolerance: 1e-8), threads: threads)
            models.append(
                Model(
                    name: name, objective: model.report.objective ?? .nan,
                    values: try model.decisionValues(rows, threads: threads).values,
                    predictions: try model.predict(rows, threads: threads)))
        }
        let logistic = try LogisticRegression.fit(
            samples, parameters: LogisticParameters(cost: 1, tolerance: 1e-9), threads: threads)
        models.append(
            Model(
                name: "logistic", objective: logistic.report.objective ?? .nan,
                values: try logistic.probabilities(rows, threads: threads).values,
                predictions: try logistic.predict(rows, threads: threads)))
        let split = try Folds.stratified(labels: labels, count: 5)
        folds = split.map(\.test)
        let result = try GridSearch(threads: threads).run(
            candidates: [
                Candidate(.svm(SVMParameters(cost: 1, kernel: .rbf(gamma: .auto)))),
                Candidate(.logisticRegression(LogisticParameters(cost: 1))),
            ],
            rows: rows, labels: labels, folds: split)
        accuracies = result.candidates.map(\.foldAccuracies)
    }
}
