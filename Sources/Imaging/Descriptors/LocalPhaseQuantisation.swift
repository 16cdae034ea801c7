import Foundation

/// What `LocalPhaseQuantisation` is made of.
public struct LPQParameters: Hashable, Sendable, Codable {
    /// The side of the square window in pixels; odd, 3 to 31.
    public var window: Int
    /// Blocks along each side of the grid; 1 to 4096.
    public var grid: Int
    /// Whether a histogram holds the square roots of its shares (Hellinger's distance for linear models) or the shares.
    public var squareRoots: Bool

    /// Parameters as they are; `LocalPhaseQuantisation` checks them.
    public init(window: Int = 11, grid: Int = 4, squareRoots: Bool = true) {
        self.window = window
        self.grid = grid
        self.squareRoots = squareRoots
    }
}

/// Local phase quantisation: which of four waves rise and fall where in the window about each pixel. A blur that is the same in all
/// directions changes how strong the waves are, but not their phase.
///
/// F(u, v) = sum over the window of x(r, c) e^(-2 pi i (u c + v r)), r and c counted from the window's middle, is taken at
/// (u, v) = (1/w, 0), (0, 1/w), (1/w, 1/w), (1/w, -1/w) for a window of side w; the picture continues its border. Bit 2k says whether
/// the real part of the k-th is above 0, bit 2k + 1 the same of the imaginary part: a label of 0 to 255 for each pixel.
///
/// Features: one histogram of 256 labels for each block of width / grid by height / grid pixels (remaining pixels are left out), row by
/// row. Without the decorrelation that the paper proposes besides.
///
/// Source: V. Ojansivu, J. Heikkilä, "Blur insensitive texture classification using local phase quantization", ICISP 2008.
public struct LocalPhaseQuantisation: GrayDescriptor, Hashable {
    /// Eight bits a pixel: the length of one histogram.
    public static let labelCount = 256

    /// What the labels are made of, checked.
    public let parameters: LPQParameters
    /// cos and -sin of one wave over the window.
    private let cosines: [Float]
    private let sines: [Float]

    /// - Throws: `DescriptorError.invalidParameter`.
    public init(_ parameters: LPQParameters = LPQParameters()) throws(DescriptorError) {
        let window = parameters.window
        try DescriptorError.require(3...31 ~= window && !window.isMultiple(of: 2), "window", window, "odd, 3 to 31")
        try DescriptorError.require(1...4096 ~= parameters.grid, "grid", parameters.grid, "1 to 4096")
        self.parameters = parameters
        let angles = (-(window / 2)...window / 2).map { 2 * Double.pi * Double($0) / Double(window) }
        // Ten decimals: the same numbers whatever the last digit of a library's cosine.
        cosines = angles.map { Float((cos($0) * 1e10).rounded() / 1e10) }
        sines = angles.map { -Float((sin($0) * 1e10).rounded() / 1e10) }
    }

    /// grid² 256 features.
    /// - Throws: `DescriptorError.tooSmall` for a picture with fewer pixels than blocks along a side.
    public func length(for size: Size) throws(DescriptorError) -> Int {
        try requireBlocks(parameters.grid, in: size)
        return parameters.grid * parameters.grid * Self.labelCount
    }

    /// Each pixel's label, row by row.
    /// - Complexity: O(pixels x window).
    public func labels(of gray: Gray) -> [UInt16] {
        let plane = gray.floats
        let ones = [Float](repeating: 1, count: parameters.window)
        let sums = plane.filteredAlongRows(by: ones)
        let (real, imaginary) = (plane.filteredAlongRows(by: cosines), plane.filteredAlongRows(by: sines))
        let (realReal, realImaginary) = (real.filteredAlongColumns(by: cosines), real.filteredAlongColumns(by: sines))
        let (imaginaryReal, imaginaryImaginary) = (imaginary.filteredAlongColumns(by: cosines), imaginary.filteredAlongColumns(by: sines))
        return quantisedPhases(
            along: (real.filteredAlongColumns(by: ones), imaginary.filteredAlongColumns(by: ones)),
            down: (sums.filteredAlongColumns(by: cosines), sums.filteredAlongColumns(by: sines)),
            products: (realReal, realImaginary, imaginaryReal, imaginaryImaginary))
    }

    /// - Complexity: O(pixels x window).
    public func features(of gray: Gray) throws(DescriptorError) -> [Float] {
        let count = try length(for: gray.size)
        return blockShares(
            of: labels(of: gray), in: gray.size, grid: parameters.grid, labelCount: Self.labelCount, count: count,
            squareRoots: parameters.squareRoots)
    }
}
