/// Scores by regularised least squares (ridge regression on class indicators), with what every row would get from models that have not
/// seen it or its group: as good as refitting once for every group, for the price of one fit.
///
/// Minimises Σ |W·z - y|² + penalty * |W|² over training rows z with targets y. With R the training rows, M = Rᵀ·R + penalty,
/// W = M⁻¹·Rᵀ·Y, and for the rows B of a group, H = R(B)·M⁻¹·R(B)ᵀ: without the group the weights are
///
///     W - M⁻¹·R(B)ᵀ·(1 - H)⁻¹·(Y(B) - R(B)·W)
///
/// (the leave-one-out formula of linear regression, for several rows at once). A constant is added to every row, so that W has an intercept.
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
    /// - Complexity: O(training * m² + m³ + rows * m * outputs) for m coordinates, and b³ for a group of b rows.
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
        weights = try DoubleMatrix((0..<sums.rows).map { factor.solve(Array(sums.row($0))) })
        var scores = try all.multiplied(byTransposeOf: weights, threads: threads)
        let own = scores.selecting(rows: training)
        let members = Dictionary(grouping: training.indices) { groups[training[$0]] }
        let answered = Dictionary(grouping: groups.indices) { groups[$0] }
        for (group, members) in members {
            let reaches = members.map { factor.solve(Array(seen.row($0))) }
            var rest = DoubleMatrix(rows: members.count, columns: members.count)
            for (i, member) in members.enumerated() {
                let row = Array(seen.row(member))
                for j in reaches.indices { rest[i, j] = (i == j ? 1 : 0) - dot(row, reaches[j]) }
            }
            let inverse = try CholeskyFactor(rest)
            let shifts = (0..<targets.columns).map { output in
                inverse.solve(members.map { targets[$0, output] - own[$0, output] })
            }
            for row in answered[group] ?? [] {
                let coordinates = Array(all.row(row))
                let shares = reaches.map { dot(coordinates, $0) }
                for output in shifts.indices { scores[row, output] -= dot(shares, shifts[output]) }
            }
        }
        leftOut = scores
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
