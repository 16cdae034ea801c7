/// What a forest says of its own training rows, asking for each row only the trees that did not learn from it.
public struct OutOfBag: Sendable, Equatable {
    /// Mean proportions of those trees, rows x classes; zeros for a row that every tree learned from.
    public let proportions: DoubleMatrix
    /// The most likely class; nil for a row that every tree learned from.
    public let predictions: [Int?]
    /// Share of right predictions among the rows that have one; NaN when none has.
    public let accuracy: Double

    /// - Parameters:
    ///   - forest: the forest that was fitted on the samples.
    ///   - samples: the samples that the forest was fitted on.
    ///   - parameters: those the forest was fitted with: they say which rows each tree drew.
    /// - Throws: ``LearnError/invalidParameter(name:value:allowed:)`` without bootstrap or with another number of trees,
    ///   ``LearnError/featureCountMismatch(expected:found:)``.
    /// - Complexity: O(rows * trees * (depth + classes)).
    public init(_ forest: RandomForest, samples: LabelledRows, parameters: ForestParameters) throws(LearnError) {
        guard parameters.bootstrap else {
            throw LearnError.invalidParameter(name: "bootstrap", value: "false", allowed: "true: without it every tree sees every row")
        }
        guard parameters.trees == forest.treeCount else {
            throw LearnError.invalidParameter(name: "trees", value: "\(parameters.trees)", allowed: "\(forest.treeCount)")
        }
        guard samples.rows.columns == forest.featureCount else {
            throw LearnError.featureCountMismatch(expected: forest.featureCount, found: samples.rows.columns)
        }
        let (count, classes) = (samples.rows.rows, samples.classCount)
        let weights = try parameters.classWeights.resolved(labels: samples.labels, classCount: classes)
        var sums = DoubleMatrix(rows: count, columns: classes)
        var votes = [Double](repeating: 0, count: count)
        for (number, tree) in forest.trees.enumerated() {
            var generator = SeededGenerator(seed: parameters.seed, stream: number)
            let drawn = TreeGrower.draw(samples.labels, classWeights: weights, bootstrap: true, generator: &generator)
            tree.forEachLeaf(of: samples.rows) { row, leaf in
                guard drawn[row] == 0 else { return }
                for label in 0..<classes { sums[row, label] += Double(tree.proportions[leaf * classes + label]) }
                votes[row] += 1
            }
        }
        for row in 0..<count where votes[row] > 0 {
            for label in 0..<classes { sums[row, label] /= votes[row] }
        }
        proportions = sums
        predictions = zip(sums.rowArgmax(), votes).map { $1 > 0 ? $0 : nil }
        let judged = zip(predictions, samples.labels).filter { $0.0 != nil }
        accuracy = Double(judged.filter { $0.0 == $0.1 }.count) / Double(judged.count)
    }
}
