/// The stationary wavelet transform of planes: `StationaryTransform` down the columns, then along the rows.
/// Complexity of every method: O(pixels L levels).
public struct StationaryTransform2D: Hashable, Sendable {
    /// Down the columns.
    public let vertical: Wavelet
    /// Along the rows.
    public let horizontal: Wavelet

    /// The transform with one wavelet for both axes.
    public init(_ wavelet: Wavelet) {
        self.init(vertical: wavelet, horizontal: wavelet)
    }

    /// The transform with a wavelet for each axis.
    public init(vertical: Wavelet, horizontal: Wavelet) {
        self.vertical = vertical
        self.horizontal = horizontal
    }

    /// `levels` levels of four bands as large as the plane, coarsest first.
    /// - Throws: `WaveletError.emptyInput`, `.invalidParameter` unless at least 1, `.indivisibleLength` unless 2^levels divides both sides.
    public func decompose<T: WaveletScalar>(_ plane: NumberPlane<T>, levels: Int) throws(WaveletError) -> [WaveletBands<T>] {
        try StationaryAxis.check(count: plane.rows, levels: levels)
        try StationaryAxis.check(count: plane.columns, levels: levels)
        var result: [WaveletBands<T>] = []
        var current = plane
        for level in 0..<levels {
            let down = Self.pair(current.transposed(), StationaryAxis(vertical, level: level))
            let low = Self.pair(down.low.transposed(), StationaryAxis(horizontal, level: level))
            let high = Self.pair(down.high.transposed(), StationaryAxis(horizontal, level: level))
            result.append(WaveletBands(approximation: low.low, horizontal: high.low, vertical: low.high, diagonal: high.high))
            current = low.low
        }
        return result.reversed()
    }

    /// The plane of a decomposition. Only the coarsest approximation is read, and all details.
    /// - Throws: `WaveletError.invalidParameter`, `.emptyInput`, `.indivisibleLength`, `.mismatchedBands`.
    public func reconstruct<T: WaveletScalar>(_ levels: [WaveletBands<T>]) throws(WaveletError) -> NumberPlane<T> {
        guard var plane = levels.first?.approximation else {
            throw .invalidParameter(name: "levels", value: "0", allowed: "1 or more")
        }
        try StationaryAxis.check(count: plane.rows, levels: levels.count)
        try StationaryAxis.check(count: plane.columns, levels: levels.count)
        for (i, bands) in levels.enumerated() {
            for band in [bands.horizontal, bands.vertical, bands.diagonal] where band.size != plane.size {
                throw .mismatchedBands(expected: plane.size, found: band.size)
            }
            let level = levels.count - 1 - i
            let low = Self.joined(plane, bands.vertical, StationaryAxis(horizontal, level: level))
            let high = Self.joined(bands.horizontal, bands.diagonal, StationaryAxis(horizontal, level: level))
            plane = Self.joined(low.transposed(), high.transposed(), StationaryAxis(vertical, level: level)).transposed()
        }
        return plane
    }

    private static func pair<T: WaveletScalar>(_ plane: NumberPlane<T>, _ axis: StationaryAxis) -> (
        low: NumberPlane<T>, high: NumberPlane<T>
    ) {
        var low: [T] = []
        var high: [T] = []
        for row in 0..<plane.rows {
            let bands = T.waveletEngine.stationaryLine(Array(plane.values[row * plane.columns..<(row + 1) * plane.columns]), axis)
            low += bands.low
            high += bands.high
        }
        return (
            NumberPlane(rows: plane.rows, columns: plane.columns, values: low),
            NumberPlane(rows: plane.rows, columns: plane.columns, values: high)
        )
    }

    private static func joined<T: WaveletScalar>(_ low: NumberPlane<T>, _ high: NumberPlane<T>, _ axis: StationaryAxis) -> NumberPlane<T> {
        var values: [T] = []
        for row in 0..<low.rows {
            let range = row * low.columns..<(row + 1) * low.columns
            values += T.waveletEngine.inverseStationaryLine(Array(low.values[range]), Array(high.values[range]), axis)
        }
        return NumberPlane(rows: low.rows, columns: low.columns, values: values)
    }
}
