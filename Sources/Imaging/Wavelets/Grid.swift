/// A row-major plane of numbers, without padding between rows.
public struct Grid<Scalar> {
    public let rows: Int
    public let columns: Int
    /// rows x columns values; the one in (row, column) stands at row * columns + column.
    public var values: [Scalar] {
        didSet { precondition(values.count == rows * columns, "a grid keeps its \(rows) x \(columns) values") }
    }

    /// - Precondition: rows and columns are not negative and `values` holds rows x columns numbers.
    public init(rows: Int, columns: Int, values: [Scalar]) {
        precondition(rows >= 0 && columns >= 0, "a grid has no negative side")
        precondition(values.count == rows * columns, "a grid of \(rows) rows and \(columns) columns has \(rows * columns) values")
        self.rows = rows
        self.columns = columns
        self.values = values
    }

    public init(rows: Int, columns: Int, repeating value: Scalar) {
        self.init(rows: rows, columns: columns, values: [Scalar](repeating: value, count: rows * columns))
    }

    /// Columns wide, rows high.
    public var size: Size { Size(width: columns, height: rows) }

    public subscript(row: Int, column: Int) -> Scalar {
        get { values[row * columns + column] }
        set { values[row * columns + column] = newValue }
    }

    /// The top left part of `size`.
    /// - Precondition: `size` does not exceed the grid.
    public func trimmed(to size: Size) -> Grid {
        if size == self.size { return self }
        precondition(size.width <= columns && size.height <= rows, "cannot trim \(self.size) to \(size)")
        var kept: [Scalar] = []
        kept.reserveCapacity(size.area)
        for row in 0..<size.height {
            kept.append(contentsOf: values[row * columns..<row * columns + size.width])
        }
        return Grid(rows: size.height, columns: size.width, values: kept)
    }

    /// The grid of `transform(value)`.
    public func map<T>(_ transform: (Scalar) throws -> T) rethrows -> Grid<T> {
        Grid<T>(rows: rows, columns: columns, values: try values.map(transform))
    }
}

extension Grid: Sendable where Scalar: Sendable {}
extension Grid: Equatable where Scalar: Equatable {}
extension Grid: Hashable where Scalar: Hashable {}
