extension Wavelet {
    /// The discrete wavelet of that name, such as "haar", "db4", "sym8", "coif2", "bior4.4", "rbio2.2", "dmey".
    /// - Throws: `WaveletError.unknownWavelet`.
    public init(named name: String) throws(WaveletError) {
        guard let wavelet = Self.byName[name] else { throw .unknownWavelet(name: name) }
        self = wavelet
    }

    /// The shortest wavelet: sums and differences of pairs.
    public static let haar = byName["haar"]!

    /// Every discrete wavelet, in the order of `WaveletFamily.allNames`.
    public static let all: [Wavelet] = WaveletFamily.allCases.flatMap { family in
        switch family {
        case .haar: [orthogonal("haar", family, WaveletTables.daubechies[0..<2], .asymmetric, moments: 1, scaling: 0)]
        case .daubechies:
            (1...38).map { n in
                let filter = WaveletTables.daubechies[n * (n - 1)..<n * (n + 1)]
                return orthogonal("db\(n)", family, filter, .asymmetric, moments: n, scaling: 0)
            }
        case .symlet:
            (2...20).map { n in
                let filter = WaveletTables.symlets[n * (n - 1) - 2..<n * (n + 1) - 2]
                return orthogonal("sym\(n)", family, filter, .nearSymmetric, moments: n, scaling: 0)
            }
        case .coiflet:
            (1...17).map { n in
                let filter = WaveletTables.coiflets[3 * n * (n - 1)..<3 * n * (n + 1)]
                return orthogonal("coif\(n)", family, filter, .nearSymmetric, moments: 2 * n, scaling: 2 * n - 1)
            }
        case .biorthogonal, .reverseBiorthogonal:
            WaveletFamily.biorthogonalOrders.map { synthesis, analysis in
                biorthogonal(family, synthesis: synthesis, analysis: analysis)
            }
        case .discreteMeyer:
            [orthogonal("dmey", family, WaveletTables.discreteMeyer[...], .symmetric, moments: nil, scaling: nil)]
        }
    }

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    private static func orthogonal(
        _ name: String, _ family: WaveletFamily, _ scaling: ArraySlice<Double>, _ symmetry: Symmetry, moments: Int?, scaling phi: Int?
    ) -> Wavelet {
        Wavelet(
            name: name, family: family, analysisLow: scaling.reversed(), synthesisLow: Array(scaling), symmetry: symmetry,
            isOrthogonal: true, vanishingMoments: moments, scalingVanishingMoments: phi)
    }

    private static func biorthogonal(_ family: WaveletFamily, synthesis: Int, analysis: Int) -> Wavelet {
        let orders = "\(synthesis).\(analysis)"
        guard let pair = WaveletTables.biorthogonal["bior" + orders] else { preconditionFailure("no table for bior\(orders)") }
        let isReverse = family == .reverseBiorthogonal
        return Wavelet(
            name: family.rawValue + orders, family: family,
            analysisLow: isReverse ? pair.synthesis.reversed() : pair.analysis,
            synthesisLow: isReverse ? pair.analysis.reversed() : pair.synthesis,
            symmetry: .symmetric, isOrthogonal: false, vanishingMoments: synthesis, scalingVanishingMoments: analysis)
    }
}
