/// Short coordinates for long rows: the span of a few rows, the landmarks, chosen so that little is lost.
///
/// Linear methods see rows through their inner products alone. With landmarks x(1) … x(m) and L·Lᵀ = their Gram matrix, a row x has the
/// coordinates z with
///
///     L·z = (x·x(1), …, x·x(m)),   so that   z·z' = x·x'   for rows in the landmarks' span
///
/// and nearly so for others. Landmarks are taken one by one, each the row with the largest rest outside the span so far: an incomplete Cholesky
/// factorisation with pivoting (Fine and Scheinberg, "Efficient SVM training using low-rank kernel representations", JMLR 2001).
package struct LandmarkSpace: Sendable {
    /// m rows of the original columns.
    package let landmarks: Matrix
    private let factor: CholeskyFactor

    /// The most rows among which landmarks are sought: of more, as many evenly spread ones.
    package static let searchedRows = 1024

    /// Chooses at most `count` landmarks, fewer where the rows span no more.
    /// - Throws: ``LearnError/empty(what:)`` without rows, ``LearnError/constantFeatures(columns:)`` where all rows are 0.
    /// - Complexity: O(s² * columns + s * count²) with s = min(rows, 1024).
    package init(among rows: Matrix, count: Int, threads: Int) throws(LearnError) {
        guard rows.rows > 0 else { throw LearnError.empty(what: "rows") }
        let searched = min(rows.rows, Self.searchedRows)
        let sample = rows.selecting(rows: (0..<searched).map { $0 * rows.rows / searched })
        let gram = sample.gram(threads: threads)
        let chosen = Self.pivots(gram, count: count)
        guard !chosen.isEmpty else { throw LearnError.constantFeatures(columns: rows.columns) }
        landmarks = sample.selecting(rows: chosen)
        var own = DoubleMatrix(rows: chosen.count, columns: chosen.count)
        for (i, row) in chosen.enumerated() { for (j, column) in chosen.enumerated() { own[i, j] = gram[row, column] } }
        factor = try CholeskyFactor(own)
    }

    /// How many coordinates there are.
    package var count: Int { landmarks.rows }

    /// The rows' coordinates: rows x `count`.
    /// - Throws: ``LearnError/featureCountMismatch(expected:found:)``.
    /// - Complexity: O(rows * count * (columns + count)).
    package func coordinates(of rows: Matrix, threads: Int) throws(LearnError) -> DoubleMatrix {
        let products = try rows.multiplied(byTransposeOf: landmarks, threads: threads)
        var coordinates = products
        for row in 0..<rows.rows {
            for (column, value) in factor.forward(Array(products.row(row))).enumerated() { coordinates[row, column] = value }
        }
        return coordinates
    }

    /// The landmarks' places in the order of choice; ends where less than 1e-6 of the largest row's square is left of any.
    private static func pivots(_ gram: DoubleMatrix, count: Int) -> [Int] {
        var rest = (0..<gram.rows).map { gram[$0, $0] }
        let least = 1e-6 * (rest.max() ?? 0)
        var known = [[Double]](repeating: [], count: gram.rows)
        var chosen: [Int] = []
        while chosen.count < min(count, gram.rows) {
            guard let pivot = rest.indices.max(by: { (rest[$0], $1) < (rest[$1], $0) }), rest[pivot] > least, rest[pivot] > 0 else { break }
            let root = rest[pivot].squareRoot()
            let own = known[pivot]
            for row in known.indices {
                let value = (gram[row, pivot] - dot(known[row], own)) / root
                known[row].append(value)
                rest[row] -= value * value
            }
            rest[pivot] = 0
            chosen.append(pivot)
        }
        return chosen
    }
}
