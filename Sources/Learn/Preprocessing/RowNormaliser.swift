/// Scales every row to Euclidean length 1; a row of zeros stays as it is.
public enum RowNormaliser {
    /// - Complexity: O(rows * columns).
    public static func transform(_ rows: Matrix) -> Matrix {
        var scaled = rows
        let lengths = rows.squaredNorms().map { $0.squareRoot() }
        for row in 0..<rows.rows where lengths[row] > 0 {
            for place in row * rows.columns..<(row + 1) * rows.columns {
                scaled.values[place] = Float(Double(scaled.values[place]) / lengths[row])
            }
        }
        return scaled
    }
}
