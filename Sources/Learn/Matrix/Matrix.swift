/// Numbers in rows and columns, row-major without gaps: element (r, c) is `values[r * columns + c]`.
public struct DenseMatrix<Scalar: BinaryFloatingPoint & SIMDScalar & Sendable>: Sendable, Equatable {
    public let rows: Int
    public let columns: Int
    /// `rows * columns` numbers, row after row.
    public internal(set) var values: [Scalar]

    /// - Precondition: `values.count == rows * columns`.
    public init(rows: Int, columns: Int, values: [Scalar]) {
        precondition(rows >= 0 && columns >= 0 && values.count == rows * columns, "\(rows) x \(columns) needs that many values")
        self.rows = rows
        self.columns = columns
        self.values = values
    }

    /// A matrix filled with one number.
    public init(rows: Int, columns: Int, repeating value: Scalar = 0) {
        self.init(rows: rows, columns: columns, values: [Scalar](repeating: value, count: rows * columns))
    }

    /// A matrix from its rows.
    /// - Throws: ``LearnError/featureCountMismatch(expected:found:)`` when a row is longer or shorter than the first.
    public init(_ rows: [[Scalar]]) throws(LearnError) {
        let columns = rows.first?.count ?? 0
        for row in rows where row.count != columns {
            throw LearnError.featureCountMismatch(expected: columns, found: row.count)
        }
        self.init(rows: rows.count, columns: columns, values: Array(rows.joined()))
    }

    /// - Precondition: both indices lie inside.
    /// - Complexity: O(1).
    public subscript(row: Int, column: Int) -> Scalar {
        get {
            precondition(column >= 0 && column < columns, "no column \(column)")
            return values[row * columns + column]
        }
        set {
            precondition(column >= 0 && column < columns, "no column \(column)")
            values[row * columns + column] = newValue
        }
    }

    /// One row, sharing storage.
    /// - Complexity: O(1).
    public func row(_ index: Int) -> ArraySlice<Scalar> {
        values[index * columns..<(index + 1) * columns]
    }

    /// The named rows in the named order, copied; a row may be named more than once.
    /// - Complexity: O(indices.count * columns).
    public func selecting(rows indices: [Int]) -> Self {
        var selected: [Scalar] = []
        selected.reserveCapacity(indices.count * columns)
        for index in indices { selected.append(contentsOf: row(index)) }
        return Self(rows: indices.count, columns: columns, values: selected)
    }

    /// Rows become columns, in tiles of 32 x 32 so that both sides stay in the cache.
    /// - Complexity: O(rows * columns).
    public func transposed() -> Self {
        let tile = 32
        let turned = [Scalar](unsafeUninitializedCapacity: values.count) { target, count in
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
            count = values.count
        }
        return Self(rows: columns, columns: rows, values: turned)
    }

    /// Every number turned into another precision, rounding to nearest.
    public func converted<Other>(to type: Other.Type) -> DenseMatrix<Other> {
        DenseMatrix<Other>(rows: rows, columns: columns, values: values.map { Other($0) })
    }
}

/// Rows of features: one sample a row.
public typealias Matrix = DenseMatrix<Float>

/// Gram matrices, scores and probabilities, where single precision would be too coarse.
public typealias DoubleMatrix = DenseMatrix<Double>

extension DenseMatrix where Scalar == Float {
    /// Features given as bytes, such as pixels, without scaling.
    /// - Precondition: `bytes.count == rows * columns`.
    public init(rows: Int, columns: Int, bytes: [UInt8]) {
        self.init(rows: rows, columns: columns, values: bytes.map(Float.init))
    }

    /// - Throws: ``LearnError/featureCountMismatch(expected:found:)`` unless there are this many columns.
    func requireColumns(_ expected: Int) throws(LearnError) {
        guard columns == expected else { throw LearnError.featureCountMismatch(expected: expected, found: columns) }
    }

    /// - Throws: ``LearnError/nonFinite(row:column:value:)`` for the first NaN or infinity.
    /// - Complexity: O(rows * columns).
    public func requireFinite() throws(LearnError) {
        if let place = values.firstIndex(where: { !$0.isFinite }) {
            throw LearnError.nonFinite(row: place / columns, column: place % columns, value: values[place])
        }
    }
}

extension DenseMatrix where Scalar == Double {
    /// The column of the largest number in each row; the first of equals.
    /// - Precondition: at least one column.
    /// - Complexity: O(rows * columns).
    public func rowArgmax() -> [Int] {
        (0..<rows).map { index in
            let row = row(index)
            var best = row.startIndex
            for place in row.indices where row[place] > row[best] { best = place }
            return best - row.startIndex
        }
    }
}
