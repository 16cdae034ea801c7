/// What `LocalBinaryPatterns` are made of.
public struct LBPParameters: Hashable, Sendable, Codable {
    /// Neighbours on the circle; 4 to 16.
    public var neighbours: Int
    /// The circle's radius in pixels; 0.5 to 32.
    public var radius: Double
    /// Blocks along each side of the grid; at least 1.
    public var grid: Int
    /// Whether a histogram holds the square roots of its shares (Hellinger's distance for linear models) or the shares.
    public var squareRoots: Bool

    /// Parameters as they are; `LocalBinaryPatterns` checks them.
    public init(neighbours: Int = 8, radius: Double = 1, grid: Int = 6, squareRoots: Bool = true) {
        self.neighbours = neighbours
        self.radius = radius
        self.grid = grid
        self.squareRoots = squareRoots
    }
}

/// Uniform local binary patterns: which small textures each block of a grid holds.
///
/// Neighbour p of a pixel lies at angle 2 pi p / P, counted against the clock from the right, at the radius; its brightness is
/// interpolated between the four pixels around it, with pixels outside the picture counting as 0. The neighbours that are at
/// least as bright as the pixel make a ring of bits. Rings with at most two changes between 0 and 1 have a label of their own,
/// all others share one: P(P - 1) + 3 labels.
///
/// Labels: 0 for no bit; 1 + (n - 1)P + r for n bits set, r the place of the first one counted backwards; P(P - 1) + 1 for
/// all; P(P - 1) + 2 for the rest. Exactly those of scikit-image 0.26's `local_binary_pattern(…, "nri_uniform")`.
/// Features: one histogram for each block of width / grid by height / grid pixels (remaining pixels are left out), row by row.
///
/// Source: T. Ahonen, A. Hadid, M. Pietikäinen, "Face description with local binary patterns", PAMI 28(12), 2006.
public struct LocalBinaryPatterns: GrayDescriptor, Hashable {
    /// What the patterns are made of, checked.
    public let parameters: LBPParameters
    private let circle: SamplingCircle
    /// The label of each ring of bits.
    private let labels: [UInt16]

    /// The number of labels, which is the length of one histogram.
    public var labelCount: Int { parameters.neighbours * (parameters.neighbours - 1) + 3 }

    /// - Throws: `DescriptorError.invalidParameter`.
    public init(_ parameters: LBPParameters = LBPParameters()) throws(DescriptorError) {
        try DescriptorError.require(4...16 ~= parameters.neighbours, "neighbours", parameters.neighbours, "4 to 16")
        try DescriptorError.require(0.5...32 ~= parameters.radius, "radius", parameters.radius, "0.5 to 32")
        try DescriptorError.require(1...4096 ~= parameters.grid, "grid", parameters.grid, "1 to 4096")
        self.parameters = parameters
        let count = parameters.neighbours
        circle = SamplingCircle(neighbours: count, radius: parameters.radius)
        labels = (0..<1 << count).map { UInt16(Self.label(of: $0, count: count)) }
    }

    /// grid² `labelCount` features.
    /// - Throws: `DescriptorError.tooSmall` for a picture with fewer pixels than blocks along a side.
    public func length(for size: Size) throws(DescriptorError) -> Int {
        try requireBlocks(parameters.grid, in: size)
        return parameters.grid * parameters.grid * labelCount
    }

    /// Each pixel's label, row by row.
    /// - Complexity: O(pixels x neighbours).
    public func labels(of gray: Gray) -> [UInt16] {
        patternLabels(gray, circle: circle, labels: labels)
    }

    /// - Complexity: O(pixels x neighbours).
    public func features(of gray: Gray) throws(DescriptorError) -> [Float] {
        let count = try length(for: gray.size)
        return blockShares(
            of: labels(of: gray), in: gray.size, grid: parameters.grid, labelCount: labelCount, count: count,
            squareRoots: parameters.squareRoots)
    }

    private static func label(of ring: Int, count: Int) -> Int {
        // A ring and the ring turned by one neighbour differ where a neighbour and the next one do.
        let changes = (ring ^ (ring >> 1 | (ring & 1) << (count - 1))).nonzeroBitCount
        let ones = ring.nonzeroBitCount
        if changes > 2 { return count * (count - 1) + 2 }
        if ones == 0 { return 0 }
        if ones == count { return count * (count - 1) + 1 }
        let firstOne = ring.trailingZeroBitCount
        let firstZero = (~ring).trailingZeroBitCount
        let turn = firstOne == 0 ? ones - firstZero : count - firstOne
        return 1 + (ones - 1) * count + turn
    }
}
