/// A row-major plane of numbers, without padding between rows.
public struct NumberPlane<Scalar> {
    /// Rows of numbers.
    public let rows: Int
    /// Numbers in a row.
    public let columns: Int
    /// rows x columns values; the one in (row, column) stands at row * columns + column.
    public var values: [Scalar] {
        didSet { precondition(values.count == rows * columns, "a plane keeps its \(rows) x \(columns) values") }
    }

    /// - Precondition: rows and columns are not negative and `values` holds rows x columns numbers.
    public init(rows: Int, columns: Int, values: [Scalar]) {
        precondition(rows >= 0 && columns >= 0, "a plane has no negative side")
        precondition(values.count == rows * columns, "a plane of \(rows) rows and \(columns) columns has \(rows * columns) values")
        self.rows = rows
        self.columns = columns
        self.values = values
    }

    /// A plane of one number everywhere.
    /// - Precondition: rows and columns are not negative.
    public init(rows: Int, columns: Int, repeating value: Scalar) {
        self.init(rows: rows, columns: columns, values: [Scalar](repeating: value, count: rows * columns))
    }

    /// Columns wide, rows high.
    public var size: Size { Size(width: columns, height: rows) }

    /// The number in `column` of `row`, both counted from 0 at the top left.
    /// - Precondition: the place lies in the plane.
    public subscript(row: Int, column: Int) -> Scalar {
        get { values[row * columns + column] }
        set { values[row * columns + column] = newValue }
    }

    /// The top left part of `size`.
    /// - Precondition: `size` does not exceed the plane.
    public func trimmed(to size: Size) -> NumberPlane {
        if size == self.size { return self }
        precondition(size.width <= columns && size.height <= rows, "cannot trim \(self.size) to \(size)")
        var kept: [Scalar] = []
        kept.reserveCapacity(size.area)
        for row in 0..<size.height {
            kept.append(contentsOf: values[row * columns..<row * columns + size.width])
        }
        return NumberPlane(rows: size.height, columns: size.width, values: kept)
    }

    /// The plane of `transform(value)`.
    public func map<T>(_ transform: (Scalar) throws -> T) rethrows -> NumberPlane<T> {
        NumberPlane<T>(rows: rows, columns: columns, values: try values.map(transform))
    }
}

extension NumberPlane: Sendable where Scalar: Sendable {}
extension NumberPlane: Equatable where Scalar: Equatable {}
extension NumberPlane: Hashable where Scalar: Hashable {}

extension NumberPlane {
    /// Rows become columns.
    public func transposed() -> NumberPlane {
        var result: [Scalar] = []
        result.reserveCapacity(values.count)
        for column in 0..<columns {
            for row in 0..<rows { result.append(values[row * columns + column]) }
        }
        return NumberPlane(rows: columns, columns: rows, values: result)
    }
}
