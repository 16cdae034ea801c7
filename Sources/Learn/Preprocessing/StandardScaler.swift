/// Brings every column to mean 0 and standard deviation 1: z = (x - mean) / scale.
///
/// `scale` is the population standard deviation, sqrt(Σ(x - mean)² / n); for a column that does not vary it is 1. Means and scales
/// are in double precision, results are rounded to single precision once.
public struct StandardScaler: Sendable, Equatable {
    /// Of each column.
    public let mean: [Double]
    /// What each column is divided by.
    public let scale: [Double]

    /// - Precondition: both have one finite number a column, scales being positive.
    public init(mean: [Double], scale: [Double]) {
        precondition(mean.count == scale.count && scale.allSatisfy { $0 > 0 }, "one mean and one positive scale a column")
        self.mean = mean
        self.scale = scale
    }

    /// Learns mean and spread of every column.
    /// - Throws: ``LearnError/empty(what:)`` without rows or columns, ``LearnError/nonFinite(row:column:value:)``.
    /// - Complexity: O(rows * columns).
    public init(fitting rows: Matrix) throws(LearnError) {
        guard rows.rows > 0 else { throw LearnError.empty(what: "rows") }
        guard rows.columns > 0 else { throw LearnError.empty(what: "columns") }
        try rows.requireFinite()
        let (mean, variance) = Self.moments(rows)
        self.init(mean: mean, scale: variance.map { $0 > 0 ? $0.squareRoot() : 1 })
    }
}
