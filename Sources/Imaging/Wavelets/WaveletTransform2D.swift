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
        /// The filters along this axis.
        public let wavelet: Wavelet
        /// How planes continue beyond their borders on this axis.
        public let mode: BoundaryMode

        /// One wavelet and one boundary mode.
        public init(_ wavelet: Wavelet, mode: BoundaryMode = .symmetric) {
            self.wavelet = wavelet
            self.mode = mode
        }
    }

    /// Down the columns.
    public let vertical: Axis
    /// Along the rows.
    public let horizontal: Axis

    /// One wavelet and one boundary mode.
    public init(_ wavelet: Wavelet, mode: BoundaryMode = .symmetric) {
        self.init(vertical: Axis(wavelet, mode: mode), horizontal: Axis(wavelet, mode: mode))
    }

    /// The transform with a wavelet and mode for each axis.
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
    public func forward<T: WaveletScalar>(_ plane: NumberPlane<T>) throws(WaveletError) -> WaveletBands<T> {
        let parts = T.waveletEngine.decompose(plane, [try analysisLevel(plane.size)])
        let detail = parts.details[0]
        return WaveletBands(
            approximation: parts.approximation, horizontal: detail.horizontal, vertical: detail.vertical, diagonal: detail.diagonal)
    }

    /// One level back. An odd side comes back with one row or column more, which has no meaning.
    /// - Throws: `WaveletError.emptyInput`, `.mismatchedBands`, `.tooFewCoefficients`.
    public func inverse<T: WaveletScalar>(_ bands: WaveletBands<T>) throws(WaveletError) -> NumberPlane<T> {
        let size = bands.diagonal.size
        guard bands.approximation.size == size else { throw .mismatchedBands(expected: size, found: bands.approximation.size) }
        let detail = PlaneDetail(horizontal: bands.horizontal, vertical: bands.vertical, diagonal: bands.diagonal)
        return try reconstructPadded(PlaneDecomposition(size: size, approximation: bands.approximation, details: [detail]))
    }

    /// `levels` levels, each splitting the approximation before it.
    /// - Parameters:
    ///   - plane: the plane.
    ///   - levels: by default `maximumLevel(of:)`; more is allowed, boundary effects then reach every coefficient.
    /// - Throws: `WaveletError.invalidParameter` for a negative number, `.emptyInput`, `.tooShort`.
    public func decompose<T: WaveletScalar>(_ plane: NumberPlane<T>, levels: Int? = nil) throws(WaveletError) -> PlaneDecomposition<T> {
        guard !plane.values.isEmpty else { throw .emptyInput }
        let levels = levels ?? maximumLevel(of: plane.size)
        try WaveletError.checkLevels(levels, least: 0)
        if vertical.mode == .smooth || horizontal.mode == .smooth, T.self != Double.self {
            // As in WaveletTransform: smooth extension over several levels needs the digits.
            let wide = try decompose(plane.map { Double($0) }, levels: levels)
            return wide.map { T($0) }
        }
        var plan: [AnalysisLevel] = []
        for _ in 0..<levels {
            plan.append(try analysisLevel(plan.last?.outputSize ?? plane.size))
        }
        return T.waveletEngine.decompose(plane, plan)
    }

    /// The plane of a decomposition, changed or not, at its original size.
    /// - Throws: as `inverse`.
    public func reconstruct<T: WaveletScalar>(_ parts: PlaneDecomposition<T>) throws(WaveletError) -> NumberPlane<T> {
        let levels = try synthesisLevels(parts)
        let full = levels.last?.outputSize ?? parts.approximation.size
        let size = Size(width: min(parts.size.width, full.width), height: min(parts.size.height, full.height))
        return T.waveletEngine.reconstruct(parts, levels, size)
    }

    /// Like `reconstruct`, with the one row or column more that an odd side gives.
    public func reconstructPadded<T: WaveletScalar>(_ parts: PlaneDecomposition<T>) throws(WaveletError) -> NumberPlane<T> {
        let levels = try synthesisLevels(parts)
        return T.waveletEngine.reconstruct(parts, levels, levels.last?.outputSize ?? parts.approximation.size)
    }

    private func analysisLevel(_ size: Size) throws(WaveletError) -> AnalysisLevel {
        AnalysisLevel(
            vertical: try AnalysisAxis(vertical.wavelet, vertical.mode, count: size.height),
            horizontal: try AnalysisAxis(horizontal.wavelet, horizontal.mode, count: size.width))
    }

    /// Checks that every level's bands belong together and to the approximation before them, which an odd side leaves with
    /// one row or column too many.
    private func synthesisLevels<T>(_ parts: PlaneDecomposition<T>) throws(WaveletError) -> [SynthesisLevel] {
        var levels: [SynthesisLevel] = []
        var before = parts.approximation.size
        for detail in parts.details {
            let size = detail.diagonal.size
            for band in [detail.horizontal.size, detail.vertical.size] where band != size {
                throw .mismatchedBands(expected: size, found: band)
            }
            let fits =
                (before.width == size.width || before.width == size.width + 1)
                && (before.height == size.height || before.height == size.height + 1)
            guard fits else { throw .mismatchedBands(expected: before, found: size) }
            let level = SynthesisLevel(
                vertical: try SynthesisAxis(vertical.wavelet, vertical.mode, count: size.height),
                horizontal: try SynthesisAxis(horizontal.wavelet, horizontal.mode, count: size.width))
            before = level.outputSize
            levels.append(level)
        }
        return levels
    }
}
