/// Numbers in rows and columns, row-major without gaps: element (r, c) is `values[r * columns + c]`.
public struct DenseMatrix<Scalar: BinaryFloatingPoint & SIMDScalar & Sendable>: Sendable, Equatable {
    /// How many rows.
    public let rows: Int
    /// Numbers in a row.
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

    /// The named columns in the named order, copied.
    /// - Complexity: O(rows * indices.count).
    package func selecting(columns indices: [Int]) -> Self {
        var selected: [Scalar] = []
        selected.reserveCapacity(rows * indices.count)
        for row in 0..<rows {
            for column in indices { selected.append(values[row * columns + column]) }
        }
        return Self(rows: rows, columns: indices.count, values: selected)
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
