/// A plane as the approximation of its coarsest level and the details of all levels, coarsest first.
public struct PlaneDecomposition<Scalar> {
    /// Size of the plane.
    public let size: Size
    /// The approximation of the coarsest level.
    public var approximation: NumberPlane<Scalar>
    /// The detail bands of each level, coarsest first.
    public var details: [PlaneDetail<Scalar>]

    /// The parts of a plane of `size`, as `WaveletTransform2D.decompose` gives them.
    public init(size: Size, approximation: NumberPlane<Scalar>, details: [PlaneDetail<Scalar>]) {
        self.size = size
        self.approximation = approximation
        self.details = details
    }

    /// The number of levels.
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
    public func mosaic(padding: Scalar) -> NumberPlane<Scalar> {
        var result = NumberPlane(rows: mosaicSize.height, columns: mosaicSize.width, repeating: padding)
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
    public func replacing(mosaic: NumberPlane<Scalar>) throws(WaveletError) -> PlaneDecomposition {
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

    private static func copy(_ band: NumberPlane<Scalar>, into target: inout NumberPlane<Scalar>, row: Int, column: Int) {
        for y in 0..<band.rows {
            let start = (row + y) * target.columns + column
            target.values.replaceSubrange(start..<start + band.columns, with: band.values[y * band.columns..<(y + 1) * band.columns])
        }
    }

    private static func part(of source: NumberPlane<Scalar>, row: Int, column: Int, size: Size) -> NumberPlane<Scalar> {
        var values: [Scalar] = []
        values.reserveCapacity(size.area)
        for y in 0..<size.height {
            let start = (row + y) * source.columns + column
            values.append(contentsOf: source.values[start..<start + size.width])
        }
        return NumberPlane(rows: size.height, columns: size.width, values: values)
    }
}

extension PlaneDecomposition: Sendable where Scalar: Sendable {}
extension PlaneDecomposition: Equatable where Scalar: Equatable {}
