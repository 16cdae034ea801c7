/// The three detail bands of one level, of one size.
public struct PlaneDetail<Scalar> {
    public var horizontal: Grid<Scalar>
    public var vertical: Grid<Scalar>
    public var diagonal: Grid<Scalar>

    public init(horizontal: Grid<Scalar>, vertical: Grid<Scalar>, diagonal: Grid<Scalar>) {
        self.horizontal = horizontal
        self.vertical = vertical
        self.diagonal = diagonal
    }

    /// The detail with `change` applied to each band.
    public func map(_ change: (Grid<Scalar>) throws -> Grid<Scalar>) rethrows -> PlaneDetail {
        PlaneDetail(horizontal: try change(horizontal), vertical: try change(vertical), diagonal: try change(diagonal))
    }
}

/// A plane as the approximation of its coarsest level and the details of all levels, coarsest first.
public struct PlaneDecomposition<Scalar> {
    /// Size of the plane.
    public let size: Size
    public var approximation: Grid<Scalar>
    public var details: [PlaneDetail<Scalar>]

    public init(size: Size, approximation: Grid<Scalar>, details: [PlaneDetail<Scalar>]) {
        self.size = size
        self.approximation = approximation
        self.details = details
    }

    public var levels: Int { details.count }

    /// The decomposition of `transform(coefficient)`.
    public func map<T>(_ transform: (Scalar) -> T) -> PlaneDecomposition<T> {
        PlaneDecomposition<T>(
            size: size, approximation: approximation.map(transform),
            details: details.map { detail in
                PlaneDetail<T>(
                    horizontal: detail.horizontal.map(transform), vertical: detail.vertical.map(transform),
                    diagonal: detail.diagonal.map(transform))
            })
    }

    /// All coefficients as one picture: the approximation at the top left; around what is already there, each level puts its
    /// vertical detail to the right, its horizontal detail below and its diagonal detail at the corner. Where bands are
    /// smaller than what they surround (odd sizes, long filters), the places between them hold `padding`.
    public func mosaic(padding: Scalar) -> Grid<Scalar> {
        var result = Grid(rows: mosaicSize.height, columns: mosaicSize.width, repeating: padding)
        Self.copy(approximation, into: &result, row: 0, column: 0)
        for (detail, corner) in zip(details, corners) {
            Self.copy(detail.vertical, into: &result, row: 0, column: corner.width)
            Self.copy(detail.horizontal, into: &result, row: corner.height, column: 0)
            Self.copy(detail.diagonal, into: &result, row: corner.height, column: corner.width)
        }
        return result
    }

    /// The decomposition that `mosaic` came from, its band sizes taken from this one.
    /// - Throws: `WaveletError.mismatchedBands` when the mosaic has another size.
    public func replacing(mosaic: Grid<Scalar>) throws(WaveletError) -> PlaneDecomposition {
        guard mosaic.size == mosaicSize else { throw .mismatchedBands(expected: mosaicSize, found: mosaic.size) }
        var parts = self
        parts.approximation = Self.part(of: mosaic, row: 0, column: 0, size: approximation.size)
        for (level, corner) in corners.enumerated() {
            let size = details[level].diagonal.size
            parts.details[level] = PlaneDetail(
                horizontal: Self.part(of: mosaic, row: corner.height, column: 0, size: size),
                vertical: Self.part(of: mosaic, row: 0, column: corner.width, size: size),
                diagonal: Self.part(of: mosaic, row: corner.height, column: corner.width, size: size))
        }
        return parts
    }

    /// Where each level's diagonal band begins: the larger of what stands there already and of the level's own bands.
    private var corners: [Size] {
        var filled = approximation.size
        return details.map { detail in
            let band = detail.diagonal.size
            let corner = filled
            filled = Size(width: corner.width + band.width, height: corner.height + band.height)
            return corner
        }
    }

    private var mosaicSize: Size {
        guard let corner = corners.last, let band = details.last?.diagonal.size else { return approximation.size }
        return Size(width: corner.width + band.width, height: corner.height + band.height)
    }

    private static func copy(_ band: Grid<Scalar>, into target: inout Grid<Scalar>, row: Int, column: Int) {
        for y in 0..<band.rows {
            let start = (row + y) * target.columns + column
            target.values.replaceSubrange(start..<start + band.columns, with: band.values[y * band.columns..<(y + 1) * band.columns])
        }
    }

    private static func part(of source: Grid<Scalar>, row: Int, column: Int, size: Size) -> Grid<Scalar> {
        var values: [Scalar] = []
        values.reserveCapacity(size.area)
        for y in 0..<size.height {
            let start = (row + y) * source.columns + column
            values.append(contentsOf: source.values[start..<start + size.width])
        }
        return Grid(rows: size.height, columns: size.width, values: values)
    }
}

extension PlaneDetail: Sendable where Scalar: Sendable {}
extension PlaneDetail: Equatable where Scalar: Equatable {}
extension PlaneDecomposition: Sendable where Scalar: Sendable {}
extension PlaneDecomposition: Equatable where Scalar: Equatable {}
