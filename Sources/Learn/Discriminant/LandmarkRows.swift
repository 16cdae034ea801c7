import Support

/// Some rows, the landmarks, in whose span linear functions are sought: w = Σ a(l) x(l). All that such a function needs of a row is its
/// inner products with the landmarks, a thousand numbers instead of tens of thousands.
package struct LandmarkRows: Sendable {
    /// m rows of the original columns.
    package let rows: Matrix
    /// Their inner products with each other, m x m.
    package let gram: DoubleMatrix

    /// - Complexity: O(rows² * columns).
    package init(_ rows: Matrix, threads: Int) {
        self.rows = rows
        gram = rows.gram(threads: threads)
    }

    /// How many there are.
    package var count: Int { rows.rows }

    /// At most `count` evenly spread places among `total`, ascending.
    package static func spread(_ count: Int, over total: Int) -> [Int] {
        let taken = min(count, total)
        return (0..<taken).map { $0 * total / taken }
    }

    /// Inner products of other rows with the landmarks: rows x m, rounded to single precision once.
    /// - Throws: ``LearnError/featureCountMismatch(expected:found:)``.
    /// - Complexity: O(rows * m * columns).
    package func products(of others: Matrix, threads: Int) throws(LearnError) -> Matrix {
        try others.multiplied(byTransposeOf: rows, threads: threads).converted(to: Float.self)
    }
}
