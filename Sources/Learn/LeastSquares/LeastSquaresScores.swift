import Support

/// Scores by regularised least squares (ridge regression on class indicators) of models that have not seen a row or its group: as good as
/// refitting once for every group, for the price of one fit.
///
/// Minimises Σ |W·z - y|² + penalty * |W|² over training rows z with targets y: 1 at the row's class, 0 elsewhere. With R the training
/// rows, M = Rᵀ·R + penalty, W = M⁻¹·Rᵀ·Y, and for the rows B of a group, H = R(B)·M⁻¹·R(B)ᵀ: without the group the weights are
///
///     W - M⁻¹·R(B)ᵀ·(1 - H)⁻¹·(Y(B) - R(B)·W)
///
/// (the leave-one-out formula of linear regression, for several rows at once). Groups with more rows than there are coordinates are taken
/// out of M and Rᵀ·Y instead. A constant is added to every row, so that W has an intercept.
///
/// Beside the rows it holds numbers of coordinates and classes alone: scores are made some hundred rows at a time and handed on.
package struct LeastSquaresScores: Sendable {
    private let rows: Matrix
    private let training: [Int]
    private let classes: [Int?]
    private let groups: [Int]
    private let threads: Int
    /// M.
    private let moment: DoubleMatrix
    private let factor: CholeskyFactor
    /// Yᵀ·R: outputs x (coordinates + 1), the intercept's coordinate last.
    private let sums: DoubleMatrix
    /// Wᵀ: outputs x (coordinates + 1).
    private let weights: DoubleMatrix

    /// The constant coordinate: an intercept of 1 costs as much as a step of 1 / 0.3² along the others.
    package static let constant = 0.3
    /// Rows whose products are summed at once, and the fewest whose scores are made at once.
    private static let summedRows = 4096
    private static let scoredRows = 256

    /// Fits to all training rows.
    /// - Parameters:
    ///   - rows: coordinates of all rows, those that are learned from and those that only get scores.
    ///   - training: the rows to learn from.
    ///   - classes: the class of each of these, below `outputs`; nil for a row of no class.
    ///   - groups: a number for every row; rows of one group are left out together.
    ///   - penalty: above 0.
    /// - Throws: ``LearnError/rowLabelMismatch(rows:labels:)``, ``LearnError/empty(what:)``, ``LearnError/invalidParameter(name:value:allowed:)``.
    /// - Complexity: O(training * m² + m³ + m² * outputs) for m coordinates.
    package init(
        rows: Matrix, training: [Int], classes: [Int?], outputs: Int, groups: [Int], penalty: Double, threads: Int
    ) throws(LearnError) {
        guard training.count == classes.count else { throw LearnError.rowLabelMismatch(rows: training.count, labels: classes.count) }
        guard groups.count == rows.rows else { throw LearnError.rowLabelMismatch(rows: rows.rows, labels: groups.count) }
        guard !training.isEmpty else { throw LearnError.empty(what: "rows to learn from") }
        guard penalty > 0, penalty.isFinite else {
            throw LearnError.invalidParameter(name: "penalty", value: "\(penalty)", allowed: "above 0")
        }
        var moment = try Self.moment(rows, training, threads: threads)
        for i in 0..<moment.rows { moment[i, i] += penalty }
        let sums = Self.sums(rows, training: training, classes: classes, outputs: outputs)
        let factor = try CholeskyFactor(moment)
        weights = try DoubleMatrix(Parallel.map(outputs, threads: threads) { factor.solve(Array(sums.row($0))) })
        (self.rows, self.training, self.classes, self.groups, self.threads) = (rows, training, classes, groups, threads)
        (self.moment, self.factor, self.sums) = (moment, factor, sums)
    }

    /// What `answer` makes of each row's scores by the model without its group, in the rows' order.
    /// - Parameter answer: called from any thread, once a row, with a score of each class.
    /// - Throws: ``LearnError/diverged(solver:iteration:)`` where the rows are too large for the penalty.
    /// - Complexity: O(rows * m * outputs) for m coordinates, and for a group of b rows O(b² * (m + b + outputs)), or
    ///   O(m² * (m + b + outputs)) where it has more rows than there are coordinates.
    package func leftOut<Answer: Sendable>(
        _ answer: @Sendable (_ row: Int, _ scores: ArraySlice<Double>) -> Answer
    ) throws(LearnError) -> [Answer] {
        @Sendable func told(_ rows: [Int], _ scores: DoubleMatrix) -> [(row: Int, answer: Answer)] {
            rows.enumerated().map { (row: $1, answer: answer($1, scores.row($0))) }
        }
        let (small, large) = divided()
        var found = try Parallel.map(small.count, threads: threads) { place throws(LearnError) in
            told(small[place].flatMap(\.rows), try scores(of: small[place]))
        }
        for group in large {
            let weights = try refitted(without: group.members)
            let parts = stride(from: 0, to: group.rows.count, by: Self.scoredRows).map {
                Array(group.rows[$0..<min($0 + Self.scoredRows, group.rows.count)])
            }
            found += try Parallel.map(parts.count, threads: threads) { place throws(LearnError) in
                told(parts[place], try Self.extended(rows, parts[place][...]).multiplied(byTransposeOf: weights, threads: 1))
            }
        }
        var answers = [Answer?](repeating: nil, count: rows.rows)
        for (row, answer) in found.joined() { answers[row] = answer }
        return answers.compactMap { $0 }
    }

    /// Rows that are left out together, and which of the training rows are among them.
    private struct Group {
        var rows: [Int]
        var members: [Int]
    }

    /// Groups with no more members than there are coordinates, some hundred rows together; and the others.
    private func divided() -> (small: [[Group]], large: [Group]) {
        let members = Dictionary(grouping: training.indices) { groups[training[$0]] }
        var small: [[Group]] = []
        var large: [Group] = []
        var held = Self.scoredRows
        for (number, places) in Dictionary(grouping: groups.indices, by: { groups[$0] }).sorted(by: { $0.key < $1.key }) {
            let group = Group(rows: places, members: members[number] ?? [])
            if group.members.count > rows.columns {
                large.append(group)
                continue
            }
            if held >= Self.scoredRows {
                small.append([])
                held = 0
            }
            small[small.count - 1].append(group)
            held += places.count
        }
        return (small, large)
    }

    /// The scores of the groups' rows, each by the model without its group: rows x outputs.
    private func scores(of groups: [Group]) throws(LearnError) -> DoubleMatrix {
        let all = Self.extended(rows, groups.flatMap(\.rows)[...])
        var scores = try all.multiplied(byTransposeOf: weights, threads: 1)
        var first = 0
        for group in groups {
            let places = first..<first + group.rows.count
            try shift(&scores, places, of: all, without: group)
            first = places.upperBound
        }
        return scores
    }

    /// Takes a group away by the formula for rows left out, which solves systems as large as the group.
    /// - Parameter places: of the group's rows in `scores` and `all`.
    private func shift(_ scores: inout DoubleMatrix, _ places: Range<Int>, of all: DoubleMatrix, without group: Group) throws(LearnError) {
        let count = group.members.count
        let outputs = weights.rows
        let placeOf = Dictionary(zip(group.rows, places)) { first, _ in first }
        let own = group.members.compactMap { placeOf[training[$0]] }
        let coordinates = own.map { Array(all.row($0)) }
        let reaches = coordinates.map(factor.solve)
        var rest = DoubleMatrix(rows: count, columns: count)
        var residuals = DoubleMatrix(rows: count, columns: outputs)
        for (i, member) in group.members.enumerated() {
            for j in reaches.indices { rest[i, j] = (i == j ? 1 : 0) - dot(coordinates[i], reaches[j]) }
            for output in 0..<outputs { residuals[i, output] = (classes[member] == output ? 1 : 0) - scores[own[i], output] }
        }
        let shifts = try CholeskyFactor(rest).solve(columnsOf: residuals)
        for place in places {
            let row = Array(all.row(place))
            for (member, reach) in reaches.enumerated() {
                let share = dot(row, reach)
                for output in 0..<outputs { scores[place, output] -= share * shifts[member, output] }
            }
        }
    }

    /// The weights of a fit to the other rows, which solves systems as large as there are coordinates.
    private func refitted(without members: [Int]) throws(LearnError) -> DoubleMatrix {
        let gone = members.map { training[$0] }
        var moment = moment
        moment.combine(try Self.moment(rows, gone, threads: threads), by: -)
        var sums = sums
        sums.combine(Self.sums(rows, training: gone, classes: members.map { classes[$0] }, outputs: sums.rows), by: -)
        return try CholeskyFactor(moment).solve(columnsOf: sums.transposed()).transposed()
    }

    /// Rᵀ·R of some rows.
    private static func moment(_ rows: Matrix, _ places: [Int], threads: Int) throws(LearnError) -> DoubleMatrix {
        var moment = DoubleMatrix(rows: rows.columns + 1, columns: rows.columns + 1)
        for first in stride(from: 0, to: places.count, by: summedRows) {
            let turned = extended(rows, places[first..<min(first + summedRows, places.count)]).transposed()
            moment.combine(try turned.multiplied(byTransposeOf: turned, threads: threads), by: +)
        }
        return moment
    }

    /// Yᵀ·R.
    private static func sums(_ rows: Matrix, training: [Int], classes: [Int?], outputs: Int) -> DoubleMatrix {
        var sums = DoubleMatrix(rows: outputs, columns: rows.columns + 1)
        for (row, label) in zip(training, classes) {
            guard let label else { continue }
            for (column, value) in rows.row(row).enumerated() { sums[label, column] += Double(value) }
            sums[label, rows.columns] += constant
        }
        return sums
    }

    /// Some of the rows, with the constant as their last coordinate.
    private static func extended(_ rows: Matrix, _ places: ArraySlice<Int>) -> DoubleMatrix {
        var values: [Double] = []
        values.reserveCapacity(places.count * (rows.columns + 1))
        for place in places {
            for value in rows.row(place) { values.append(Double(value)) }
            values.append(constant)
        }
        return DoubleMatrix(rows: places.count, columns: rows.columns + 1, values: values)
    }
}

extension DoubleMatrix {
    /// Adds, or takes away, a matrix of the same shape.
    fileprivate mutating func combine(_ other: DoubleMatrix, by operation: (Double, Double) -> Double) {
        for place in values.indices { values[place] = operation(values[place], other.values[place]) }
    }
}
