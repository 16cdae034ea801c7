import Support

extension DenseMatrix {
    /// A matrix from its rows.
    /// - Throws: ``LearnError/featureCountMismatch(expected:found:)`` when a row is longer or shorter than the first.
    public init(_ rows: [[Scalar]]) throws(LearnError) {
        let columns = rows.first?.count ?? 0
        for row in rows where row.count != columns {
            throw LearnError.featureCountMismatch(expected: columns, found: row.count)
        }
        let values = [Scalar](writing: rows.count * columns) { target in
            for (number, row) in rows.enumerated() {
                row.withUnsafeBufferPointer { source in
                    // Bounds: every row has `columns` numbers; a row without any has no address.
                    if let first = source.baseAddress { (target + number * columns).initialize(from: first, count: columns) }
                }
            }
        }
        self.init(rows: rows.count, columns: columns, values: values)
    }

    /// Rows become columns, in tiles of 32 x 32 so that both sides stay in the cache.
    /// - Complexity: O(rows * columns).
    public func transposed() -> Self {
        let tile = 32
        let turned = [Scalar](writing: values.count) { target in
            values.withUnsafeBufferPointer { source in
                for top in stride(from: 0, to: rows, by: tile) {
                    for left in stride(from: 0, to: columns, by: tile) {
                        for row in top..<min(top + tile, rows) {
                            for column in left..<min(left + tile, columns) {
                                target[column * rows + row] = source[row * columns + column]
                            }
                        }
                    }
                }
            }
        }
        return Self(rows: columns, columns: rows, values: turned)
    }

    /// The storage for writing in place. `body` must stay within `rows * columns` numbers.
    mutating func withMutableValues<Result>(_ body: (UnsafeMutablePointer<Scalar>) throws -> Result) rethrows -> Result {
        try values.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else {
                return try withUnsafeTemporaryAllocation(of: Scalar.self, capacity: 1) { try body($0.baseAddress!) }
            }
            return try body(base)
        }
    }
}
