/// The discrete wavelet transform of planes: down the columns with one wavelet and mode, along the rows with another or the
/// same. Analysis filters the columns first, synthesis the rows first.
///
///     let transform = WaveletTransform2D(try Wavelet(named: "sym8"))
///     var parts = try transform.decompose(plane, levels: 3)
///     parts.approximation.values = parts.approximation.values.map { _ in 0 }
///     let detail = try transform.reconstruct(parts)
///
/// A plane of r rows and c columns gives bands of `BoundaryMode.outputLength` of r by that of c.
/// Complexity of every method: O(r c L).
public struct WaveletTransform2D: Hashable, Sendable {
    /// One axis' wavelet and boundary mode.
    public struct Axis: Hashable, Sendable {
        public let wavelet: Wavelet
        public let mode: BoundaryMode

        public init(_ wavelet: Wavelet, mode: BoundaryMode = .symmetric) {
            self.wavelet = wavelet
            self.mode = mode
        }
    }

    /// Down the columns.
    public let vertical: Axis
    /// Along the rows.
    public let horizontal: Axis

    public init(_ wavelet: Wavelet, mode: BoundaryMode = .symmetric) {
        self.init(vertical: Axis(wavelet, mode: mode), horizontal: Axis(wavelet, mode: mode))
    }

    public init(vertical: Axis, horizontal: Axis) {
        self.vertical = vertical
        self.horizontal = horizontal
    }

    /// The largest level useful along both axes.
    public func maximumLevel(of size: Size) -> Int {
        min(vertical.wavelet.maximumLevel(length: size.height), horizontal.wavelet.maximumLevel(length: size.width))
    }

    /// One level: four bands.
    /// - Throws: `WaveletError.emptyInput`, `.tooShort`.
    public func forward<T: WaveletScalar>(_ plane: Grid<T>) throws(WaveletError) -> WaveletBands<T> {
        let columns = try AnalysisAxis<T>(vertical.wavelet, vertical.mode, count: plane.rows)
        let rows = try AnalysisAxis<T>(horizontal.wavelet, horizontal.mode, count: plane.columns)
        return T.waveletEngine.analysePlane(plane, columns, rows)
    }

    /// One level back. An odd side comes back with one row or column more, which has no meaning.
    /// - Throws: `WaveletError.emptyInput`, `.mismatchedBands`, `.tooFewCoefficients`.
    public func inverse<T: WaveletScalar>(_ bands: WaveletBands<T>) throws(WaveletError) -> Grid<T> {
        let expected = bands.diagonal.size
        for band in [bands.approximation, bands.horizontal, bands.vertical] where band.size != expected {
            throw .mismatchedBands(expected: expected, found: band.size)
        }
        let columns = try SynthesisAxis<T>(vertical.wavelet, vertical.mode, count: expected.height)
        let rows = try SynthesisAxis<T>(horizontal.wavelet, horizontal.mode, count: expected.width)
        return T.waveletEngine.synthesisePlane(bands, columns, rows)
    }

    /// `levels` levels, each splitting the approximation before it.
    /// - Parameter levels: by default `maximumLevel(of:)`; more is allowed, boundary effects then reach every coefficient.
    /// - Throws: `WaveletError.badLevel` for a negative number, `.emptyInput`, `.tooShort`.
    public func decompose<T: WaveletScalar>(_ plane: Grid<T>, levels: Int? = nil) throws(WaveletError) -> PlaneDecomposition<T> {
        guard !plane.values.isEmpty else { throw .emptyInput }
        let levels = levels ?? maximumLevel(of: plane.size)
        guard levels >= 0 else { throw .badLevel(levels) }
        var approximation = plane
        var details: [PlaneDetail<T>] = []
        for _ in 0..<levels {
            let bands = try forward(approximation)
            approximation = bands.approximation
            details.append(PlaneDetail(horizontal: bands.horizontal, vertical: bands.vertical, diagonal: bands.diagonal))
        }
        return PlaneDecomposition(size: plane.size, approximation: approximation, details: details.reversed())
    }

    /// The plane of a decomposition, changed or not, at its original size.
    /// - Throws: as `inverse`.
    public func reconstruct<T: WaveletScalar>(_ parts: PlaneDecomposition<T>) throws(WaveletError) -> Grid<T> {
        let padded = try reconstructPadded(parts)
        return padded.trimmed(
            to: Size(width: min(parts.size.width, padded.columns), height: min(parts.size.height, padded.rows)))
    }

    /// Like `reconstruct`, with the one row or column more that an odd side gives.
    public func reconstructPadded<T: WaveletScalar>(_ parts: PlaneDecomposition<T>) throws(WaveletError) -> Grid<T> {
        var plane = parts.approximation
        for detail in parts.details {
            let size = detail.diagonal.size
            let fits = Size(
                width: plane.columns == size.width + 1 ? size.width : plane.columns,
                height: plane.rows == size.height + 1 ? size.height : plane.rows)
            plane = try inverse(
                WaveletBands(
                    approximation: plane.trimmed(to: fits), horizontal: detail.horizontal, vertical: detail.vertical,
                    diagonal: detail.diagonal))
        }
        return plane
    }
}
