import Foundation
import Learn

extension ONNXGraph {
    /// What a model says of rows as it sees them.
    struct Answer {
        /// One number a class, see ``Classifier/scores(_:threads:)``.
        var scores: Value
        /// The largest decides, of equals the first: the model's own decision rule.
        var deciding: Value
        /// The model's own probabilities, where it has any.
        var probabilities: Value?
    }

    /// - Throws: ``LearnError/notStorable(model:)`` for a model of a method from outside Learn.
    mutating func emit(_ model: TrainedModel, on rows: Value) throws(LearnError) -> Answer {
        let classCount = model.classCount
        switch model {
        case .svm(let machine):
            let decisions = decisionValues(machine, rows: rows)
            return Answer(
                scores: pairwiseScores(decisions, classCount: classCount), deciding: votes(decisions, classCount: classCount))
        case .linearSVM(let machine):
            let scores = linear(rows, coefficients: machine.coefficients, intercepts: machine.intercepts)
            return Answer(scores: scores, deciding: scores)
        case .logisticRegression(let regression):
            let scores = linear(rows, coefficients: regression.coefficients, intercepts: regression.intercepts)
            let isSoftmax = regression.form == .multinomial || classCount == 2
            return Answer(
                scores: scores, deciding: scores, probabilities: isSoftmax ? softmax(scores) : normalisedSigmoids(scores))
        case .linearDiscriminant(let discriminant):
            let scores = linear(rows, coefficients: discriminant.coefficients, intercepts: discriminant.intercepts)
            return Answer(scores: scores, deciding: scores, probabilities: softmax(scores))
        case .subspaceDiscriminant(let discriminant):
            let coordinates = add("MatMul", rows, constant(discriminant.directions.transposed()))
            let scores = linear(coordinates, coefficients: discriminant.means, intercepts: discriminant.intercepts)
            return Answer(scores: scores, deciding: scores, probabilities: softmax(scores))
        case .majorityClass(let majority):
            // The same for every row: no column counts.
            let scores = linear(
                rows, coefficients: DoubleMatrix(rows: classCount, columns: majority.featureCount),
                intercepts: majority.shares.map { log($0) })
            return Answer(scores: scores, deciding: scores, probabilities: softmax(scores))
        case .custom(let model): throw LearnError.notStorable(model: model.name)
        case .randomForest(let forest):
            let shares = proportions(forest, rows: rows)
            let scores = smoothedLogarithm(shares, trials: forest.treeCount, classCount: classCount)
            return Answer(scores: scores, deciding: shares, probabilities: shares)
        case .nearestNeighbours(let neighbours):
            let shares = proportions(neighbours, rows: rows)
            let scores = smoothedLogarithm(shares, trials: neighbours.parameters.neighbours, classCount: classCount)
            return Answer(scores: scores, deciding: shares, probabilities: shares)
        }
    }

    /// w(k)·x + b(k); a single function is that of class 1, and class 0 has 0.
    private mutating func linear(_ rows: Value, coefficients: DoubleMatrix, intercepts: [Double]) -> Value {
        guard intercepts.count == 1 else {
            return add("Add", add("MatMul", rows, constant(coefficients.transposed())), constant(intercepts))
        }
        let both = DoubleMatrix(
            rows: 2, columns: coefficients.columns,
            values: [Double](repeating: 0, count: coefficients.columns) + coefficients.values)
        return add("Add", add("MatMul", rows, constant(both.transposed())), constant([0, intercepts[0]]))
    }
}
