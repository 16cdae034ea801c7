/// The discrete wavelet transform of signals: one wavelet, one boundary mode.
///
///     let transform = WaveletTransform(try Wavelet(named: "db4"))
///     let parts = try transform.decompose(signal, levels: 3)
///     let same = try transform.reconstruct(parts)
///
/// n samples give `BoundaryMode.outputLength` coefficients in each band; the inverse gives 2k - L + 2 samples back from k
/// coefficients (2k with `periodization`), which is n or n + 1. Complexity of every method: O(n L).
public struct WaveletTransform: Hashable, Sendable {
    /// The filters.
    public let wavelet: Wavelet
    /// How signals continue beyond their ends.
    public let mode: BoundaryMode

    /// The transform with one wavelet and boundary mode.
    public init(_ wavelet: Wavelet, mode: BoundaryMode = .symmetric) {
        self.wavelet = wavelet
        self.mode = mode
    }

    /// One level: approximation and detail.
    /// - Throws: `WaveletError.emptyInput`, `.tooShort`.
    public func forward<T: WaveletScalar>(_ signal: [T]) throws(WaveletError) -> (approximation: [T], detail: [T]) {
        let axis = try AnalysisAxis(wavelet, mode, count: signal.count)
        let bands = T.waveletEngine.analyseLine(signal, axis)
        return (bands.low, bands.high)
    }

    /// One level back. An odd signal comes back with one more sample, which has no meaning.
    /// - Throws: `WaveletError.emptyInput`, `.mismatchedBands`, `.tooFewCoefficients`.
    public func inverse<T: WaveletScalar>(approximation: [T], detail: [T]) throws(WaveletError) -> [T] {
        guard approximation.count == detail.count else {
            throw .mismatchedBands(
                expected: Size(width: approximation.count, height: 1), found: Size(width: detail.count, height: 1))
        }
        let axis = try SynthesisAxis(wavelet, mode, count: detail.count)
        return T.waveletEngine.synthesiseLine(approximation, detail, axis)
    }

    /// `levels` levels, each splitting the approximation before it.
    /// - Parameters:
    ///   - signal: the samples.
    ///   - levels: by default `Wavelet.maximumLevel`; more is allowed, boundary effects then reach every coefficient.
    /// - Throws: `WaveletError.invalidParameter` for a negative number, `.emptyInput`, `.tooShort`.
    public func decompose<T: WaveletScalar>(_ signal: [T], levels: Int? = nil) throws(WaveletError) -> SignalDecomposition<T> {
        guard !signal.isEmpty else { throw .emptyInput }
        let levels = levels ?? wavelet.maximumLevel(length: signal.count)
        try WaveletError.checkLevels(levels, least: 0)
        if mode == .smooth, T.self != Double.self { return try inDouble(signal, levels: levels) }
        var approximation = signal
        var details: [[T]] = []
        for _ in 0..<levels {
            let bands = try forward(approximation)
            approximation = bands.approximation
            details.append(bands.detail)
        }
        return SignalDecomposition(count: signal.count, approximation: approximation, details: details.reversed())
    }

    /// Smooth extension beyond a long filter's reach grows level by level while the details it cancels out of stay small: in
    /// Float up to three digits would be lost.
    private func inDouble<T: WaveletScalar>(_ signal: [T], levels: Int) throws(WaveletError) -> SignalDecomposition<T> {
        let wide = try decompose(signal.map { Double($0) }, levels: levels)
        return SignalDecomposition(
            count: wide.count, approximation: wide.approximation.map { T($0) }, details: wide.details.map { $0.map { T($0) } })
    }

    /// The signal of a decomposition, changed or not, at its original length.
    /// - Throws: as `inverse`.
    public func reconstruct<T: WaveletScalar>(_ parts: SignalDecomposition<T>) throws(WaveletError) -> [T] {
        let padded = try reconstructPadded(parts)
        return padded.count > parts.count ? Array(padded[..<parts.count]) : padded
    }

    /// Like `reconstruct`, with the one sample more that an odd length gives.
    public func reconstructPadded<T: WaveletScalar>(_ parts: SignalDecomposition<T>) throws(WaveletError) -> [T] {
        var signal = parts.approximation
        for detail in parts.details {
            if signal.count == detail.count + 1 { signal.removeLast() }
            signal = try inverse(approximation: signal, detail: detail)
        }
        return signal
    }
}
