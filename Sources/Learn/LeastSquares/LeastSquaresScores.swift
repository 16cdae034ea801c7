import Support

/// Scores by regularised least squares (ridge regression on class indicators), with what every row would get from models that have not
/// seen it or its group: as good as refitting once for every group, for the price of one fit.
///
/// Minimises Σ |W·z - y|² + penalty * |W|² over training rows z with targets y. With R the training rows, M = Rᵀ·R + penalty,
/// W = M⁻¹·Rᵀ·Y, and for the rows B of a group, H = R(B)·M⁻¹·R(B)ᵀ: without the group the weights are
///
///     W - M⁻¹·R(B)ᵀ·(1 - H)⁻¹·(Y(B) - R(B)·W)
///
/// (the leave-one-out formula of linear regression, for several rows at once). Groups with more rows than there are coordinates are taken
/// out of M and Rᵀ·Y instead. A constant is added to every row, so that W has an intercept.
package struct LeastSquaresScores: Sendable {
    /// outputs x (coordinates + 1), the intercept's coordinate last.
    package let weights: DoubleMatrix
    /// rows x outputs: each row's scores by the model without its group.
    package let leftOut: DoubleMatrix

    /// The constant coordinate: an intercept of 1 costs as much as a step of 1 / 0.3² along the others.
    package static let constant = 0.3

    /// - Parameters:
    ///   - rows: coordinates of all rows, those that are learned from and those that only get scores.
    ///   - training: the rows to learn from, with a row of `targets` each.
    ///   - groups: a number for every row; rows of one group are left out together.
    ///   - penalty: above 0.
    /// - Throws: ``LearnError/rowLabelMismatch(rows:labels:)``, ``LearnError/empty(what:)``, ``LearnError/invalidParameter(name:value:allowed:)``.
    /// - Complexity: O(training * m² + m³ + rows * m * outputs) for m coordinates, and for a group of b rows O(b² * (m + b + outputs)), or
    ///   O(m² * (m + b + outputs)) where it has more rows than there are coordinates.
    package init(
        rows: DoubleMatrix, training: [Int], targets: DoubleMatrix, groups: [Int], penalty: Double, threads: Int
    ) throws(LearnError) {
        guard training.count == targets.rows else { throw LearnError.rowLabelMismatch(rows: training.count, labels: targets.rows) }
        guard groups.count == rows.rows else { throw LearnError.rowLabelMismatch(rows: rows.rows, labels: groups.count) }
        guard !training.isEmpty else { throw LearnError.empty(what: "rows to learn from") }
        guard penalty > 0, penalty.isFinite else {
            throw LearnError.invalidParameter(name: "penalty", value: "\(penalty)", allowed: "above 0")
        }
        let all = Self.extended(rows)
        let seen = all.selecting(rows: training)
        let turned = seen.transposed()
        var moment = try turned.multiplied(byTransposeOf: turned, threads: threads)
        for i in 0..<moment.rows { moment[i, i] += penalty }
        let factor = try CholeskyFactor(moment)
        let sums = try targets.transposed().multiplied(byTransposeOf: turned, threads: threads)
        weights = try DoubleMatrix(Parallel.map(sums.rows, threads: threads) { factor.solve(Array(sums.row($0))) })
        var scores = try all.multiplied(byTransposeOf: weights, threads: threads)
        let fit = Fit(
            all: all, training: training, targets: targets, moment: moment, factor: factor, sums: sums, scores: scores)
        let members = Dictionary(grouping: training.indices) { groups[training[$0]] }
        let answered = Dictionary(grouping: groups.indices) { groups[$0] }
        let learned = members.keys.sorted()
        // Some groups at a time: the scores are held twice then, before and after, and not three times.
        for first in stride(from: 0, to: learned.count, by: 256) {
            let batch = Array(learned[first..<min(first + 256, learned.count)])
            let found = try Parallel.map(batch.count, threads: threads) { place throws(LearnError) in
                try fit.scores(of: answered[batch[place]] ?? [], without: members[batch[place]] ?? [])
            }
            for (group, found) in zip(batch, found) {
                for (place, row) in (answered[group] ?? []).enumerated() {
                    for output in 0..<found.columns { scores[row, output] = found[place, output] }
                }
            }
        }
        leftOut = scores
    }

    /// The fit to all training rows, from which a group's rows are taken away.
    private struct Fit {
        let all: DoubleMatrix
        let training: [Int]
        let targets: DoubleMatrix
        let moment: DoubleMatrix
        let factor: CholeskyFactor
        let sums: DoubleMatrix
        let scores: DoubleMatrix

        /// The scores of `rows` by the model without the training rows `members`: rows x outputs.
        func scores(of rows: [Int], without members: [Int]) throws(LearnError) -> DoubleMatrix {
            members.count < all.columns ? try shifted(rows, without: members) : try refitted(rows, without: members)
        }

        /// By the formula for rows left out, which solves systems as large as the group.
        private func shifted(_ rows: [Int], without members: [Int]) throws(LearnError) -> DoubleMatrix {
            let coordinates = members.map { Array(all.row(training[$0])) }
            let reaches = coordinates.map(factor.solve)
            var rest = DoubleMatrix(rows: members.count, columns: members.count)
            var residuals = DoubleMatrix(rows: members.count, columns: targets.columns)
            for (i, member) in members.enumerated() {
                for j in reaches.indices { rest[i, j] = (i == j ? 1 : 0) - dot(coordinates[i], reaches[j]) }
                for output in 0..<targets.columns { residuals[i, output] = targets[member, output] - scores[training[member], output] }
            }
            let shifts = try CholeskyFactor(rest).solve(columnsOf: residuals).transposed()
            var found = scores.selecting(rows: rows)
            for (place, row) in rows.enumerated() {
                let coordinates = Array(all.row(row))
                let shares = reaches.map { dot(coordinates, $0) }
                for output in 0..<targets.columns {
                    var shift = 0.0
                    for (share, part) in zip(shares, shifts.row(output)) { shift += share * part }
                    found[place, output] -= shift
                }
            }
            return found
        }

        /// By a fit to the other rows, which solves systems as large as there are coordinates.
        private func refitted(_ rows: [Int], without members: [Int]) throws(LearnError) -> DoubleMatrix {
            let gone = all.selecting(rows: members.map { training[$0] }).transposed()
            let goneMoment = try gone.multiplied(byTransposeOf: gone, threads: 1)
            let goneSums = try targets.selecting(rows: members).transposed().multiplied(byTransposeOf: gone, threads: 1)
            let rest = try CholeskyFactor(Self.difference(moment, goneMoment))
            let weights = rest.solve(columnsOf: Self.difference(sums, goneSums).transposed()).transposed()
            return try all.selecting(rows: rows).multiplied(byTransposeOf: weights, threads: 1)
        }

        private static func difference(_ a: DoubleMatrix, _ b: DoubleMatrix) -> DoubleMatrix {
            DoubleMatrix(rows: a.rows, columns: a.columns, values: zip(a.values, b.values).map { $0 - $1 })
        }
    }

    /// Scores of other rows by the model of all training rows.
    package func scores(_ rows: DoubleMatrix, threads: Int) throws(LearnError) -> DoubleMatrix {
        try Self.extended(rows).multiplied(byTransposeOf: weights, threads: threads)
    }

    private static func extended(_ rows: DoubleMatrix) -> DoubleMatrix {
        var values: [Double] = []
        values.reserveCapacity(rows.rows * (rows.columns + 1))
        for row in 0..<rows.rows {
            values += rows.row(row)
            values.append(constant)
        }
        return DoubleMatrix(rows: rows.rows, columns: rows.columns + 1, values: values)
    }
}
