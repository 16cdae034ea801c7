import Learn
import Testing

/// Least squares with groups left out, and the coordinates it works on.
struct LeastSquaresTests {
    private let rows = 60
    private let columns = 12

    private func drawn(rows: Int, columns: Int, seed: UInt64) -> DoubleMatrix {
        var generator = SeededGenerator(seed: seed)
        return DoubleMatrix(rows: rows, columns: columns, values: (0..<rows * columns).map { _ in generator.uniform() - 0.5 })
    }

    /// The slow twin: a fit by plain elimination on the training rows outside one group.
    private func refitted(
        _ all: DoubleMatrix, training: [Int], targets: DoubleMatrix, groups: [Int], without group: Int, penalty: Double
    ) -> [[Double]] {
        let width = all.columns + 1
        let kept = training.indices.filter { groups[training[$0]] != group }
        func extended(_ row: Int) -> [Double] { Array(all.row(row)) + [LeastSquaresScores.constant] }
        var system = (0..<width).map { i in (0..<width).map { $0 == i ? penalty : 0 } + [Double](repeating: 0, count: targets.columns) }
        for place in kept {
            let x = extended(training[place])
            for i in 0..<width {
                for j in 0..<width { system[i][j] += x[i] * x[j] }
                for k in 0..<targets.columns { system[i][width + k] += x[i] * targets[place, k] }
            }
        }
        for i in 0..<width {
            for row in 0..<width where row != i {
                let factor = system[row][i] / system[i][i]
                for j in i..<system[row].count { system[row][j] -= factor * system[i][j] }
            }
        }
        return (0..<targets.columns).map { k in (0..<width).map { system[$0][width + k] / system[$0][$0] } }
    }

    /// Groups of one to five rows, and groups of 24, more than there are coordinates.
    @Test(arguments: [0.01, 0.5, 20.0], [{ $0 * $0 / 40 % 17 }, { $0 / 24 }] as [@Sendable (Int) -> Int])
    func scoresWithoutAGroupAreThoseOfARefit(penalty: Double, group: @Sendable (Int) -> Int) throws {
        let all = drawn(rows: rows, columns: columns, seed: 1)
        // Some rows are not learned from, and of one group none.
        let groups = (0..<rows).map(group)
        let training = (0..<rows).filter { $0 % 4 != 3 && groups[$0] != 2 }
        var targets = DoubleMatrix(rows: training.count, columns: 3)
        for place in training.indices { targets[place, training[place] % 3] = 1 }
        let fit = try LeastSquaresScores(rows: all, training: training, targets: targets, groups: groups, penalty: penalty, threads: 2)
        for row in 0..<rows {
            let weights = refitted(all, training: training, targets: targets, groups: groups, without: groups[row], penalty: penalty)
            for (output, weight) in weights.enumerated() {
                let expected = zip(weight, Array(all.row(row)) + [LeastSquaresScores.constant]).reduce(0) { $0 + $1.0 * $1.1 }
                // Both solve systems whose condition is at most some thousands.
                #expect(abs(fit.leftOut[row, output] - expected) < 1e-9)
            }
        }
    }

    @Test func threadsChangeNothing() throws {
        let all = drawn(rows: rows, columns: columns, seed: 2)
        let targets = DoubleMatrix(rows: rows, columns: 1, values: (0..<rows).map { Double($0 % 2) })
        let fits = try [1, 2, 5].map { threads in
            try LeastSquaresScores(
                rows: all, training: Array(0..<rows), targets: targets, groups: Array(0..<rows), penalty: 1, threads: threads)
        }
        #expect(fits[0].leftOut == fits[1].leftOut && fits[0].leftOut == fits[2].leftOut)
    }

    @Test func badInputIsRefused() throws {
        let all = drawn(rows: 4, columns: 2, seed: 3)
        let target = DoubleMatrix(rows: 1, columns: 1, values: [1])
        #expect(throws: LearnError.empty(what: "rows to learn from")) {
            try LeastSquaresScores(
                rows: all, training: [], targets: DoubleMatrix(rows: 0, columns: 1), groups: [0, 1, 2, 3], penalty: 1, threads: 1)
        }
        #expect(throws: LearnError.rowLabelMismatch(rows: 4, labels: 3)) {
            try LeastSquaresScores(rows: all, training: [0], targets: target, groups: [0, 1, 2], penalty: 1, threads: 1)
        }
        #expect(throws: LearnError.invalidParameter(name: "penalty", value: "0.0", allowed: "above 0")) {
            try LeastSquaresScores(rows: all, training: [0], targets: target, groups: [0, 1, 2, 3], penalty: 0, threads: 1)
        }
    }

    @Test func coordinatesKeepInnerProducts() throws {
        let long = drawn(rows: 20, columns: 300, seed: 4).converted(to: Float.self)
        let space = try LandmarkSpace(among: long, count: 50, threads: 2)
        #expect(space.count == 20)
        let short = try space.coordinates(of: long, threads: 2)
        let expected = long.gram(threads: 1)
        for i in 0..<20 {
            for j in 0..<20 {
                let product = zip(short.row(i), short.row(j)).reduce(0) { $0 + $1.0 * $1.1 }
                // Products are summed in single precision: 300 terms of at most 1/4.
                #expect(abs(product - expected[i, j]) < 1e-4)
            }
        }
    }

    @Test func fewLandmarksComeFromTheSpanAndFunctionsUnfold() throws {
        // Forty rows in the span of five.
        let basis = drawn(rows: 5, columns: 80, seed: 5)
        let mixture = drawn(rows: 40, columns: 5, seed: 6)
        let long = try mixture.multiplied(byTransposeOf: basis.transposed(), threads: 1).converted(to: Float.self)
        let space = try LandmarkSpace(among: long, count: 30, threads: 1)
        #expect(space.count == 5)
        let weights = drawn(rows: 2, columns: 5, seed: 7)
        let short = try space.coordinates(of: long, threads: 1).multiplied(byTransposeOf: weights, threads: 1)
        let unfolded = try long.converted(to: Double.self).multiplied(byTransposeOf: space.unfolded(weights, threads: 1), threads: 1)
        for (a, b) in zip(short.values, unfolded.values) { #expect(abs(a - b) < 1e-3) }
    }
}
