/// A discrete wavelet: four FIR filters of one even length L.
///
/// Analysis convolves and keeps every second value: a[k] = sum over j of analysisLow[j] * x[2k + 1 - j], d[k] the same with
/// `analysisHigh`. Synthesis inserts zeros between coefficients and convolves with the synthesis filters.
public struct Wavelet: Hashable, Sendable {
    /// How the scaling function and wavelet lie about their centre.
    public enum Symmetry: String, Hashable, Sendable, Codable {
        /// Not at all, as Daubechies' own.
        case asymmetric
        /// As nearly as orthogonal filters can, as symlets.
        case nearSymmetric
        /// Exactly, as biorthogonal ones.
        case symmetric
        /// A user-supplied bank, of which nothing was claimed.
        case unknown
    }

    /// As PyWavelets calls it: "db4", "bior4.4"; anything for a user-supplied bank.
    public let name: String
    /// The family, nil for a user-supplied bank.
    public let family: WaveletFamily?
    /// The low-pass filter of the analysis.
    public let analysisLow: [Double]
    /// The high-pass filter of the analysis.
    public let analysisHigh: [Double]
    /// The low-pass filter of the synthesis.
    public let synthesisLow: [Double]
    /// The high-pass filter of the synthesis.
    public let synthesisHigh: [Double]
    /// How scaling function and wavelet lie about their centre.
    public let symmetry: Symmetry
    /// Whether the synthesis filters are the analysis filters reversed.
    public let isOrthogonal: Bool
    /// Nominal number of moments the analysis wavelet annihilates: polynomials of a lower degree leave no detail. nil where
    /// the family gives none (dmey) or a user-supplied bank claims none.
    public let vanishingMoments: Int?
    /// Nominal number of vanishing moments on the other side: of the scaling function for coiflets, of the dual for
    /// biorthogonal wavelets, 0 for the rest.
    public let scalingVanishingMoments: Int?

    /// The length L of each filter.
    public var filterLength: Int { analysisLow.count }
    /// The support of scaling function and wavelet is [0, L - 1].
    public var supportWidth: Int { filterLength - 1 }

    /// A user-supplied filter bank.
    /// - Throws: `WaveletError.unusableFilterBank` unless the four filters share one even, positive length.
    public init(
        name: String, analysisLow: [Double], analysisHigh: [Double], synthesisLow: [Double], synthesisHigh: [Double]
    ) throws(WaveletError) {
        let length = analysisLow.count
        guard length > 0, length.isMultiple(of: 2), analysisHigh.count == length, synthesisLow.count == length,
            synthesisHigh.count == length
        else {
            throw .unusableFilterBank(
                analysisLow: analysisLow.count, analysisHigh: analysisHigh.count, synthesisLow: synthesisLow.count,
                synthesisHigh: synthesisHigh.count)
        }
        self.name = name
        self.family = nil
        self.analysisLow = analysisLow
        self.analysisHigh = analysisHigh
        self.synthesisLow = synthesisLow
        self.synthesisHigh = synthesisHigh
        self.symmetry = .unknown
        self.isOrthogonal = analysisLow.elementsEqual(synthesisLow.reversed()) && analysisHigh.elementsEqual(synthesisHigh.reversed())
        self.vanishingMoments = nil
        self.scalingVanishingMoments = nil
    }

    /// A bank from its two low-pass filters; the high-pass filters follow by alternating signs:
    /// synthesisHigh[k] = (-1)^k analysisLow[k], analysisHigh[k] = -(-1)^k synthesisLow[k].
    init(
        name: String, family: WaveletFamily, analysisLow: [Double], synthesisLow: [Double], symmetry: Symmetry, isOrthogonal: Bool,
        vanishingMoments: Int?, scalingVanishingMoments: Int?
    ) {
        self.name = name
        self.family = family
        self.analysisLow = analysisLow
        self.synthesisLow = synthesisLow
        self.synthesisHigh = analysisLow.enumerated().map { $0.offset.isMultiple(of: 2) ? $0.element : -$0.element }
        self.analysisHigh = synthesisLow.enumerated().map { $0.offset.isMultiple(of: 2) ? -$0.element : $0.element }
        self.symmetry = symmetry
        self.isOrthogonal = isOrthogonal
        self.vanishingMoments = vanishingMoments
        self.scalingVanishingMoments = scalingVanishingMoments
    }

    /// The largest level at which at least one coefficient is free of boundary effects: floor(log2(n / (L - 1))), at least 0.
    public func maximumLevel(length n: Int) -> Int {
        let width = max(filterLength - 1, 1)
        var level = 0
        while n >> (level + 1) >= width { level += 1 }
        return level
    }
}
