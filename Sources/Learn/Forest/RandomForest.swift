import Foundation
import Support

/// A trained random forest: class proportions of the leaves a row falls into, averaged over the trees.
public struct RandomForest: Classifier {
    /// Labels are 0..<classCount.
    public let classCount: Int
    /// Columns that rows must have.
    public let featureCount: Int
    /// How much each column lowered the impurity, averaged over the trees and summing to 1 (to 0 when no tree has a split).
    public let importances: [Double]
    /// How the fit went.
    public let report: FitReport
    /// In the order of their random streams.
    package let trees: [DecisionTree]

    /// How many trees vote.
    public var treeCount: Int { trees.count }

    init(classCount: Int, featureCount: Int, importances: [Double], trees: [DecisionTree]) {
        self.classCount = classCount
        self.featureCount = featureCount
        self.importances = importances
        self.trees = trees
        report = FitReport(iterations: trees.count, objective: nil, stopReason: .direct)
    }

    /// Grows the trees, each from its own random stream: the same for any number of threads.
    /// - Throws: ``LearnError/invalidParameter(name:value:allowed:)``.
    /// - Complexity: O(trees * looked-at columns * rows * depth).
    public static func fit(_ samples: LabelledRows, parameters: ForestParameters, threads: Int = .allCores) throws(LearnError) -> Self {
        try fit(ForestSamples(samples, threads: threads), parameters: parameters, threads: threads)
    }

    static func fit(_ samples: ForestSamples, parameters: ForestParameters, threads: Int) throws(LearnError) -> Self {
        let parts = try grow(samples, parameters: parameters, trees: 0..<parameters.trees, threads: threads)
        return assemble(parts, samples: samples)
    }

    struct Part: Sendable {
        var tree: DecisionTree
        var importances: [Double]
    }

    /// Some of a forest's trees.
    static func grow(
        _ samples: ForestSamples, parameters: ForestParameters, trees: Range<Int>, threads: Int
    ) throws(LearnError) -> [Part] {
        try parameters.validate()
        let weights = try parameters.classWeights.resolved(labels: samples.labels, classCount: samples.classCount)
        return Parallel.map(trees.count, threads: threads) { index in
            var grower = TreeGrower(samples: samples, parameters: parameters, classWeights: weights, tree: trees.lowerBound + index)
            let tree = grower.grow()
            return Part(tree: tree, importances: grower.importances)
        }
    }

    static func assemble(_ parts: [Part], samples: ForestSamples) -> Self {
        var importances = [Double](repeating: 0, count: samples.columns)
        for part in parts {
            let total = part.importances.reduce(0, +)
            guard total > 0 else { continue }
            for column in importances.indices { importances[column] += part.importances[column] / total }
        }
        let sum = importances.reduce(0, +)
        return Self(
            classCount: samples.classCount, featureCount: samples.columns,
            importances: sum > 0 ? importances.map { $0 / sum } : importances,
            trees: parts.map(\.tree))
    }

    /// Class proportions averaged over the trees: rows x classes, each row summing to 1 to within rounding.
    /// - Throws: ``LearnError/featureCountMismatch(expected:found:)``.
    /// - Complexity: O(rows * trees * (depth + classes)).
    public func proportions(_ rows: Matrix, threads: Int = .allCores) throws(LearnError) -> DoubleMatrix {
        guard rows.columns == featureCount else {
            throw LearnError.featureCountMismatch(expected: featureCount, found: rows.columns)
        }
        var sums = ForestVotes(rows: rows.rows, classCount: classCount)
        for tree in trees { sums.add(tree, rows: rows) }
        return sums.proportions
    }

    /// The class with the largest mean proportion; the first of equals.
    public func predict(_ rows: Matrix, threads: Int) throws(LearnError) -> [Int] {
        try proportions(rows, threads: threads).rowArgmax()
    }

    /// log((p * trees + 1/2) / (trees + classes/2)): the logarithm of the mean proportions, kept finite where no tree votes for a
    /// class.
    public func scores(_ rows: Matrix, threads: Int) throws(LearnError) -> DoubleMatrix {
        Self.scores(try proportions(rows, threads: threads), trees: trees.count)
    }

    static func scores(_ proportions: DoubleMatrix, trees: Int) -> DoubleMatrix {
        let total = Double(trees) + Double(proportions.columns) / 2
        return DoubleMatrix(
            rows: proportions.rows, columns: proportions.columns,
            values: proportions.values.map { log(($0 * Double(trees) + 0.5) / total) })
    }
}
