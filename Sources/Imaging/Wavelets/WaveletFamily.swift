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
