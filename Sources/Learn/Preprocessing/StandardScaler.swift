/// Brings every column to mean 0 and standard deviation 1: z = (x - mean) / scale.
///
/// `scale` is the population standard deviation, sqrt(Σ(x - mean)² / n); for a column that does not vary it is 1. Means and scales
/// are in double precision, results are rounded to single precision once.
public struct StandardScaler: Sendable, Equatable {
    public let mean: [Double]
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

    /// Mean and population variance of every column; 0 where a column varies by rounding alone.
    static func moments(_ rows: Matrix) -> (mean: [Double], variance: [Double]) {
        let count = Double(rows.rows)
        var mean = [Double](repeating: 0, count: rows.columns)
        var variance = mean
        var drift = mean
        rows.values.withUnsafeBufferPointer { values in
            for row in 0..<rows.rows {
                for column in 0..<rows.columns { mean[column] += Double(values[row * rows.columns + column]) }
            }
            for column in mean.indices { mean[column] /= count }
            // Two passes, with the rounding of the mean taken out again (Chan, Golub and LeVeque, 1983).
            for row in 0..<rows.rows {
                for column in 0..<rows.columns {
                    let difference = Double(values[row * rows.columns + column]) - mean[column]
                    drift[column] += difference
                    variance[column] += difference * difference
                }
            }
        }
        for column in variance.indices {
            let spread = max(0, (variance[column] - drift[column] * drift[column] / count) / count)
            // What rounding alone can produce in a constant column (scikit-learn's bound).
            let noise =
                count * Double.ulpOfOne * spread + (count * mean[column] * Double.ulpOfOne) * (count * mean[column] * Double.ulpOfOne)
            variance[column] = spread <= noise ? 0 : spread
        }
        return (mean, variance)
    }

    /// - Throws: ``LearnError/featureCountMismatch(expected:found:)``.
    /// - Complexity: O(rows * columns).
    public func transform(_ rows: Matrix) throws(LearnError) -> Matrix {
        guard rows.columns == mean.count else {
            throw LearnError.featureCountMismatch(expected: mean.count, found: rows.columns)
        }
        let columns = rows.columns
        let scaled = [Float](unsafeUninitializedCapacity: rows.values.count) { target, count in
            rows.values.withUnsafeBufferPointer { source in
                mean.withUnsafeBufferPointer { mean in
                    scale.withUnsafeBufferPointer { scale in
                        for row in 0..<rows.rows {
                            for column in 0..<columns {
                                let place = row * columns + column
                                target[place] = Float((Double(source[place]) - mean[column]) / scale[column])
                            }
                        }
                    }
                }
            }
            count = rows.values.count
        }
        return Matrix(rows: rows.rows, columns: columns, values: scaled)
    }
}
