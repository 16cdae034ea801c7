/// The stationary (undecimated, "à trous") wavelet transform of signals: every level keeps all n coefficients, so a shifted
/// signal gives shifted coefficients. The signal is taken as periodic.
///
/// At level l the filters are spread by s = 2^(l - 1): a[k] = sum over j of analysisLow[j] * x[k + s (L / 2 - j)], places
/// modulo n. The inverse is the mean of the inverses over all shifts, so changed coefficients are projected evenly.
/// Complexity of every method: O(n L levels).
public struct StationaryTransform: Hashable, Sendable {
    /// Approximation and detail of one level, each as long as the signal.
    public struct Level<Scalar> {
        /// Low-pass coefficients.
        public var approximation: [Scalar]
        /// High-pass coefficients.
        public var detail: [Scalar]

        /// Two bands as long as the signal.
        public init(approximation: [Scalar], detail: [Scalar]) {
            self.approximation = approximation
            self.detail = detail
        }
    }

    /// The wavelet whose filters are spread.
    public let wavelet: Wavelet

    /// The transform with one wavelet.
    public init(_ wavelet: Wavelet) {
        self.wavelet = wavelet
    }

    /// The largest number of levels: how often 2 divides n.
    public static func maximumLevel(length n: Int) -> Int { n > 0 ? n.trailingZeroBitCount : 0 }

    /// `levels` levels, coarsest first.
    /// - Throws: `WaveletError.emptyInput`, `.invalidParameter` unless at least 1, `.indivisibleLength` unless 2^levels divides n.
    public func decompose<T: WaveletScalar>(_ signal: [T], levels: Int) throws(WaveletError) -> [Level<T>] {
        try StationaryAxis.check(count: signal.count, levels: levels)
        var result: [Level<T>] = []
        var current = signal
        for level in 0..<levels {
            let bands = T.waveletEngine.stationaryLine(current, StationaryAxis(wavelet, level: level))
            result.append(Level(approximation: bands.low, detail: bands.high))
            current = bands.low
        }
        return result.reversed()
    }

    /// The signal of a decomposition. Only the coarsest approximation is read, and all details.
    /// - Throws: `WaveletError.invalidParameter`, `.emptyInput`, `.indivisibleLength`, `.mismatchedBands`.
    public func reconstruct<T: WaveletScalar>(_ levels: [Level<T>]) throws(WaveletError) -> [T] {
        guard var signal = levels.first?.approximation else {
            throw .invalidParameter(name: "levels", value: "0", allowed: "1 or more")
        }
        try StationaryAxis.check(count: signal.count, levels: levels.count)
        for (i, level) in levels.enumerated() {
            guard level.detail.count == signal.count else {
                throw .mismatchedBands(
                    expected: Size(width: signal.count, height: 1), found: Size(width: level.detail.count, height: 1))
            }
            let axis = StationaryAxis(wavelet, level: levels.count - 1 - i)
            signal = T.waveletEngine.inverseStationaryLine(signal, level.detail, axis)
        }
        return signal
    }
}

extension StationaryTransform.Level: Sendable where Scalar: Sendable {}
extension StationaryTransform.Level: Equatable where Scalar: Equatable {}
