import Foundation
import Learn
import Testing

@Suite struct ForestTests {
    private let blobs = Blobs(sizes: [40, 30, 20], columns: 9, spread: 1.1, seed: 12)

    @Test func forestIsTheBeginningOfALargerOneWhateverTheThreads() throws {
        let samples = try LabelledRows(rows: blobs.rows, labels: blobs.labels)
        let small = try RandomForest.fit(samples, parameters: ForestParameters(trees: 6, seed: 3), threads: 1)
        let same = try RandomForest.fit(samples, parameters: ForestParameters(trees: 6, seed: 3), threads: 4)
        let other = try RandomForest.fit(samples, parameters: ForestParameters(trees: 6, seed: 4), threads: 1)
        let large = try RandomForest.fit(samples, parameters: ForestParameters(trees: 11, seed: 3), threads: 3)
        #expect(Array(large.trees.prefix(6)) == small.trees)
        #expect(large.trees[6] != small.trees[0])
        #expect(small == same)
        #expect(small != other)
    }

    @Test func fullTreesOnAllRowsAreNeverWrongOnThem() throws {
        let samples = try LabelledRows(rows: blobs.rows, labels: blobs.labels)
        for criterion in [ForestParameters.Criterion.gini, .entropy] {
            let parameters = ForestParameters(trees: 1, criterion: criterion, bootstrap: false)
            #expect(try RandomForest.fit(samples, parameters: parameters, threads: 1).predict(blobs.rows, threads: 1) == blobs.labels)
        }
        let extra = try RandomForest.fit(samples, parameters: .extraTrees(3), threads: 1)
        #expect(try extra.predict(blobs.rows, threads: 1) == blobs.labels)
    }

    /// A stump that looks at every column must find the split that trying all of them finds. Nodes of up to 16, up to 4,096 and more
    /// rows are sorted in three ways, the last of them with fewer than 256 different values in a fourth.
    @Test(arguments: [20, 90, 1400, 4096, 4097, 6000], [6, 300, 12000]) func stumpFindsTheBestSplit(rows: Int, levels: Int) throws {
        var generator = SeededGenerator(seed: UInt64(rows + levels))
        let values = (0..<rows * 4).map { _ in Float(generator.next(below: levels)) }
        let matrix = Matrix(rows: rows, columns: 4, values: values)
        let labels = (0..<rows).map { Int(matrix[$0, 2]) * 2 + generator.next(below: levels) > levels + levels / 3 ? 1 : 0 }
        for criterion in [ForestParameters.Criterion.gini, .entropy] {
            let parameters = ForestParameters(trees: 1, criterion: criterion, features: .all, bootstrap: false, maximumDepth: 1)
            let forest = try RandomForest.fit(LabelledRows(rows: matrix, labels: labels), parameters: parameters, threads: 1)
            // Rows with equal proportions share a leaf.
            let proportions = try forest.proportions(matrix, threads: 1).values
            let isLeft = labels.indices.map { proportions[$0 * 2] == proportions[0] }
            let found = impurity(counts(labels, where: isLeft), criterion) + impurity(counts(labels, where: isLeft.map { !$0 }), criterion)
            var best = Double.infinity
            for column in 0..<4 {
                // Labels of every value, without sorting rows.
                var byValue: [Float: [Double]] = [:]
                for row in 0..<rows { byValue[matrix[row, column], default: [0, 0]][labels[row]] += 1 }
                var left = [0.0, 0]
                var right = counts(labels, where: labels.map { _ in true })
                for value in byValue.keys.sorted().dropLast() {
                    for label in 0..<2 {
                        left[label] += byValue[value]?[label] ?? 0
                        right[label] -= byValue[value]?[label] ?? 0
                    }
                    best = min(best, impurity(left, criterion) + impurity(right, criterion))
                }
            }
            #expect(abs(found - best) < 1e-6, "\(criterion)")
        }
    }

    private func counts(_ labels: [Int], where isCounted: [Bool]) -> [Double] {
        var counts = [0.0, 0]
        for (label, isCounted) in zip(labels, isCounted) where isCounted { counts[label] += 1 }
        return counts
    }

    /// Rows times impurity of a node.
    private func impurity(_ counts: [Double], _ criterion: ForestParameters.Criterion) -> Double {
        let total = counts.reduce(0, +)
        guard total > 0 else { return 0 }
        return switch criterion {
        case .gini: total - counts.reduce(0) { $0 + $1 * $1 } / total
        case .entropy: -counts.reduce(0) { $0 + ($1 > 0 ? $1 * log2($1 / total) : 0) }
        }
    }

    @Test func limitsHold() throws {
        let samples = try LabelledRows(rows: blobs.rows, labels: blobs.labels)
        let parameters = ForestParameters(trees: 5, bootstrap: false, minimumLeaf: 7)
        let forest = try RandomForest.fit(samples, parameters: parameters, threads: 1)
        // A leaf's proportions are those of its rows: with 7 rows or more no share lies between 0 and 1/90.
        for share in try forest.proportions(blobs.rows, threads: 1).values { #expect(share == 0 || share > 0.01) }
        let stumps = ForestParameters(trees: 1, bootstrap: false, maximumDepth: 1)
        let kinds = Set(
            try RandomForest.fit(samples, parameters: stumps, threads: 1).proportions(blobs.rows, threads: 1).values.chunks(of: 3))
        #expect(kinds.count == 2)
    }

    @Test func importancesNameTheColumnsThatMatter() throws {
        var generator = SeededGenerator(seed: 1)
        let rows = Matrix(rows: 120, columns: 6, values: (0..<720).map { _ in Float(generator.uniform()) })
        let labels = (0..<120).map { rows[$0, 4] > 0.5 ? 1 : 0 }
        let samples = try LabelledRows(rows: rows, labels: labels)
        let parameters = ForestParameters(trees: 30)
        let forest = try RandomForest.fit(samples, parameters: parameters, threads: 2)
        #expect(abs(forest.importances.reduce(0, +) - 1) < 1e-12)
        #expect(forest.importances.max() == forest.importances[4])
        let loss = try PermutationImportance(of: forest, rows: rows, labels: labels, seed: 2, threads: 1)
        #expect(loss.baseline == 1)
        #expect(loss.losses[4].mean > 0.3)
        #expect(loss.losses.indices.filter { $0 != 4 }.allSatisfy { loss.losses[$0].mean < 0.1 })
    }

    @Test func outOfBagAccuracyIsThatOfUnseenRows() throws {
        let train = Blobs(sizes: [60, 60, 60], columns: 6, spread: 1.3, seed: 20)
        let samples = try LabelledRows(rows: train.rows, labels: train.labels)
        let parameters = ForestParameters(trees: 60, seed: 9)
        let forest = try RandomForest.fit(samples, parameters: parameters, threads: 2)
        let bag = try OutOfBag(forest, samples: samples, parameters: parameters)
        let folds = try Folds.stratified(labels: train.labels, count: 5)
        let judged = try GridSearch(threads: 2).run(
            candidates: [Candidate(.randomForest(parameters))], rows: train.rows, labels: train.labels, folds: folds)
        #expect(abs(bag.accuracy - judged.best.mean) < 0.06)
        #expect(bag.predictions.filter { $0 == nil }.isEmpty)
        var whole = parameters
        whole.bootstrap = false
        #expect(throws: LearnError.self) { try OutOfBag(forest, samples: samples, parameters: whole) }
    }
}

extension Array {
    fileprivate func chunks(of size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
