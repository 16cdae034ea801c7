import Support

// Bounds: values hold rows * columns numbers, mean and scale one a column.

extension StandardScaler {
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

    /// Rows in standard units.
    /// - Throws: ``LearnError/featureCountMismatch(expected:found:)``.
    /// - Complexity: O(rows * columns).
    public func transform(_ rows: Matrix) throws(LearnError) -> Matrix {
        guard rows.columns == mean.count else {
            throw LearnError.featureCountMismatch(expected: mean.count, found: rows.columns)
        }
        let columns = rows.columns
        let scaled = [Float](writing: rows.values.count) { target in
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
        }
        return Matrix(rows: rows.rows, columns: columns, values: scaled)
    }
}
