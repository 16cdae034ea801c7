extension PlaneDecomposition where Scalar: BinaryFloatingPoint {
    /// The decomposition as a gray picture, laid out as `mosaic` lays it out.
    ///
    /// Each band is stretched by itself so that it can be seen. The approximation's smallest value a becomes black, its largest
    /// b white: v is drawn as 255 (v - a) / (b - a). In a detail band zero is middle gray and the largest size M black or white;
    /// square roots lift the many small coefficients: v is drawn as 127.5 (1 + sign(v) sqrt(|v| / M)). Both round to the nearest
    /// level, ties to even; a band of equal values is middle gray, and places without a coefficient are black.
    /// - Precondition: the coefficients are finite.
    /// - Complexity: O(coefficients).
    public func picture() -> Gray {
        let drawn = PlaneDecomposition<UInt8>(
            size: size, approximation: Self.stretchedRange(approximation),
            details: details.map { detail in
                PlaneDetail<UInt8>(
                    horizontal: Self.stretchedSizes(detail.horizontal), vertical: Self.stretchedSizes(detail.vertical),
                    diagonal: Self.stretchedSizes(detail.diagonal))
            })
        let mosaic = drawn.mosaic(padding: 0)
        return Gray(width: mosaic.columns, height: mosaic.rows, pixels: mosaic.values)
    }

    private static func stretchedRange(_ band: NumberPlane<Scalar>) -> NumberPlane<UInt8> {
        let low = Double(band.values.min() ?? 0)
        let range = Double(band.values.max() ?? 0) - low
        return band.map { range > 0 ? level((Double($0) - low) / range) : level(0.5) }
    }

    private static func stretchedSizes(_ band: NumberPlane<Scalar>) -> NumberPlane<UInt8> {
        let largest = Double(band.values.reduce(0) { max($0, abs($1)) })
        return band.map { value in
            let root = largest > 0 ? (Double(abs(value)) / largest).squareRoot() : 0
            return level((1 + (value < 0 ? -root : root)) / 2)
        }
    }

    /// The gray level of a brightness from 0 to 1.
    private static func level(_ brightness: Double) -> UInt8 {
        UInt8((255 * brightness).rounded(.toNearestOrEven))
    }
}
