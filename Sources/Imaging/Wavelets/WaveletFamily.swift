/// The families of discrete wavelets, 106 wavelets together.
public enum WaveletFamily: String, CaseIterable, Hashable, Sendable, Codable {
    /// The shortest wavelet; the same filters as db1.
    case haar
    /// db1 to db38: most vanishing moments for their length, energy early.
    case daubechies = "db"
    /// sym2 to sym20: as many moments as Daubechies', nearly symmetric.
    case symlet = "sym"
    /// coif1 to coif17: moments of the scaling function vanish too.
    case coiflet = "coif"
    /// Symmetric pairs: spline filters 1.1 to 3.9, and 4.4 (JPEG 2000's 9/7), 5.5, 6.8.
    case biorthogonal = "bior"
    /// Biorthogonal pairs with analysis and synthesis exchanged.
    case reverseBiorthogonal = "rbio"
    /// A finite approximation of Meyer's wavelet; it reconstructs only to about 2e-2.
    case discreteMeyer = "dmey"

    /// The family's name in the literature.
    public var title: String {
        switch self {
        case .haar: "Haar"
        case .daubechies: "Daubechies"
        case .symlet: "Symlets"
        case .coiflet: "Coiflets"
        case .biorthogonal: "Biorthogonal"
        case .reverseBiorthogonal: "Reverse biorthogonal"
        case .discreteMeyer: "Discrete Meyer (FIR approximation)"
        }
    }

    /// The family's wavelets, shortest first.
    public var names: [String] {
        switch self {
        case .haar, .discreteMeyer: [rawValue]
        case .daubechies: (1...38).map { "db\($0)" }
        case .symlet: (2...20).map { "sym\($0)" }
        case .coiflet: (1...17).map { "coif\($0)" }
        case .biorthogonal, .reverseBiorthogonal: Self.biorthogonalOrders.map { "\(rawValue)\($0.0).\($0.1)" }
        }
    }

    /// Every discrete wavelet's name, family by family.
    public static let allNames: [String] = allCases.flatMap(\.names)

    static let biorthogonalOrders = [
        (1, 1), (1, 3), (1, 5), (2, 2), (2, 4), (2, 6), (2, 8), (3, 1), (3, 3), (3, 5), (3, 7), (3, 9), (4, 4), (5, 5), (6, 8),
    ]
}

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

/// The numbers behind the families; see scripts/make_wavelet_tables.py.
enum WaveletTables {}
