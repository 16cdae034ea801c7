import Support

/// The solved two-class problems of all pairs of classes, put together.
package struct PairwiseMachines {
    var supportIndices: [Int]
    var supportCounts: [Int]
    var dualCoefficients: DoubleMatrix
    var intercepts: [Double]
    var report: FitReport

    /// Solves the pairs in parallel; each pair's rows are those of its first class, then those of its second.
    static func solve(
        _ samples: LabelledRows, parameters: SVMParameters, threads: Int, rows makeRows: @Sendable ([Int], Int) -> any KernelRows
    ) throws(LearnError) -> Self {
        let weights = try parameters.classWeights.resolved(labels: samples.labels, classCount: samples.classCount)
        let members = samples.members
        let pairs = classPairs(samples.classCount)
        let solutions = Parallel.map(pairs.count, threads: threads) { index in
            let (first, second) = pairs[index]
            let rows = members[first] + members[second]
            let firstCount = members[first].count
            let solver = SMOSolver(
                signs: rows.indices.map { $0 < firstCount ? 1 : -1 },
                bounds: rows.indices.map { parameters.cost * weights[$0 < firstCount ? first : second] },
                tolerance: parameters.tolerance,
                maximumIterations: parameters.maximumIterations ?? max(10_000_000, 100 * rows.count),
                shrinking: parameters.shrinking)
            return solver.solve(makeRows(rows, index))
        }
        return assemble(solutions, members: members, pairs: pairs)
    }

    private static func assemble(_ solutions: [SMOSolver.Solution], members: [[Int]], pairs: [(Int, Int)]) -> Self {
        var isSupport = members.map { [Bool](repeating: false, count: $0.count) }
        for (solution, (first, second)) in zip(solutions, pairs) {
            for (place, coefficient) in solution.coefficients.enumerated() where coefficient != 0 {
                if place < members[first].count {
                    isSupport[first][place] = true
                } else {
                    isSupport[second][place - members[first].count] = true
                }
            }
        }
        var column: [[Int]] = []
        var indices: [Int] = []
        for (label, rows) in members.enumerated() {
            column.append([Int](repeating: -1, count: rows.count))
            for place in rows.indices where isSupport[label][place] {
                column[label][place] = indices.count
                indices.append(rows[place])
            }
        }
        var coefficients = DoubleMatrix(rows: members.count - 1, columns: indices.count)
        for (solution, (first, second)) in zip(solutions, pairs) {
            for (place, coefficient) in solution.coefficients.enumerated() where coefficient != 0 {
                let isFirst = place < members[first].count
                let target = isFirst ? column[first][place] : column[second][place - members[first].count]
                coefficients[isFirst ? second - 1 : first, target] = coefficient
            }
        }
        let objective = solutions.reduce(0.0) { $0 + ($1.report.objective ?? 0) }
        let reason = solutions.contains { $0.report.stopReason == .iterationLimit } ? StopReason.iterationLimit : .converged
        return Self(
            supportIndices: indices, supportCounts: isSupport.map { $0.filter { $0 }.count }, dualCoefficients: coefficients,
            intercepts: solutions.map(\.intercept),
            report: FitReport(
                iterations: solutions.reduce(0) { $0 + $1.report.iterations }, objective: objective, stopReason: reason))
    }

    /// (0,1), (0,2), ..., (1,2), ...: all pairs of classes, the lower first.
    package static func classPairs(_ classCount: Int) -> [(Int, Int)] {
        (0..<classCount).flatMap { first in (first + 1..<classCount).map { (first, $0) } }
    }
}
