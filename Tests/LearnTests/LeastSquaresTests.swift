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
        let short = drawn(rows: rows, columns: columns, seed: 1).converted(to: Float.self)
        let all = short.converted(to: Double.self)
        // Some rows are not learned from, and of one group none.
        let groups = (0..<rows).map(group)
        let training = (0..<rows).filter { $0 % 4 != 3 && groups[$0] != 2 }
        // Every fifth row is of no class.
        let classes = training.map { $0 % 5 == 0 ? nil : $0 % 3 }
        var targets = DoubleMatrix(rows: training.count, columns: 3)
        for (place, label) in classes.enumerated() { if let label { targets[place, label] = 1 } }
        let fit = try LeastSquaresScores(
            rows: short, training: training, classes: classes, outputs: 3, groups: groups, penalty: penalty, threads: 2)
        let leftOut = try fit.leftOut { (row: $0, scores: Array($1)) }
        #expect(leftOut.map(\.row) == Array(0..<rows))
        for row in 0..<rows {
            let weights = refitted(all, training: training, targets: targets, groups: groups, without: groups[row], penalty: penalty)
            for (output, weight) in weights.enumerated() {
                let expected = zip(weight, Array(all.row(row)) + [LeastSquaresScores.constant]).reduce(0) { $0 + $1.0 * $1.1 }
                // Both solve systems whose condition is at most some thousands.
                #expect(abs(leftOut[row].scores[output] - expected) < 1e-9)
            }
        }
    }

    /// More rows than are scored at once, in groups of three, and in two groups.
    @Test(arguments: [{ $0 % 233 }, { $0 / 350 }] as [@Sendable (Int) -> Int])
    func threadsChangeNothing(group: @Sendable (Int) -> Int) throws {
        let all = drawn(rows: 700, columns: columns, seed: 2).converted(to: Float.self)
        let fits = try [1, 2, 5].map { threads in
            try LeastSquaresScores(
                rows: all, training: Array(0..<700), classes: (0..<700).map { $0 % 2 }, outputs: 2, groups: (0..<700).map(group),
                penalty: 1, threads: threads
            ).leftOut { _, scores in Array(scores) }
        }
        #expect(fits[0] == fits[1] && fits[0] == fits[2])
    }

    @Test func badInputIsRefused() throws {
        let all = drawn(rows: 4, columns: 2, seed: 3).converted(to: Float.self)
        func fit(training: [Int], classes: [Int?], groups: [Int], penalty: Double = 1) throws {
            _ = try LeastSquaresScores(
                rows: all, training: training, classes: classes, outputs: 1, groups: groups, penalty: penalty, threads: 1)
        }
        #expect(throws: LearnError.empty(what: "rows to learn from")) { try fit(training: [], classes: [], groups: [0, 1, 2, 3]) }
        #expect(throws: LearnError.rowLabelMismatch(rows: 4, labels: 3)) { try fit(training: [0], classes: [0], groups: [0, 1, 2]) }
        #expect(throws: LearnError.rowLabelMismatch(rows: 1, labels: 2)) {
            try fit(training: [0], classes: [0, 0], groups: [0, 1, 2, 3])
        }
        #expect(throws: LearnError.invalidParameter(name: "penalty", value: "0.0", allowed: "above 0")) {
            try fit(training: [0], classes: [0], groups: [0, 1, 2, 3], penalty: 0)
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

    @Test func fewLandmarksComeFromTheSpan() throws {
        // Forty rows in the span of five.
        let basis = drawn(rows: 5, columns: 80, seed: 5)
        let mixture = drawn(rows: 40, columns: 5, seed: 6)
        let long = try mixture.multiplied(byTransposeOf: basis.transposed(), threads: 1).converted(to: Float.self)
        #expect(try LandmarkSpace(among: long, count: 30, threads: 1).count == 5)
    }
}
