import Foundation

/// What `OrientedEdgePatterns` are made of.
public struct EdgePatternParameters: Hashable, Sendable, Codable {
    /// Directions of edges told apart, spread over half a turn; 2 to 16.
    public var orientations: Int
    /// The side of the square in which edges are added up, in pixels; odd, 1 to 63.
    public var cell: Int
    /// The circle's radius in pixels; 0.5 to 32.
    public var radius: Double
    /// Neighbours on the circle; 4 to 16.
    public var neighbours: Int
    /// Blocks along each side of the grid; 1 to 4096.
    public var grid: Int
    /// Whether a histogram holds the square roots of its shares (Hellinger's distance for linear models) or the shares.
    public var squareRoots: Bool

    /// Parameters as they are; `OrientedEdgePatterns` checks them.
    public init(
        orientations: Int = 3, cell: Int = 7, radius: Double = 5, neighbours: Int = 8, grid: Int = 4, squareRoots: Bool = true
    ) {
        self.orientations = orientations
        self.cell = cell
        self.radius = radius
        self.neighbours = neighbours
        self.grid = grid
        self.squareRoots = squareRoots
    }
}

/// Patterns of oriented edge magnitudes: local binary patterns of how strong the edges of each direction are about each pixel.
///
/// 1. Gradients (gx, gy) are central differences, the picture continuing its border; m is their length. 2. For direction k of K,
/// e = (m + ((gx² - gy²) cos(2 pi k / K) + 2 gx gy sin(2 pi k / K)) / m) / 2: all of m for an edge of that direction, nothing across it
/// (the paper shares m between the two nearest directions instead). 3. E is the mean of e over a cell about the pixel, taken as a gray
/// level: 16 times its square root, rounded to even, at most 255. 4. Each of the K planes is described by `LocalBinaryPatterns`.
///
/// Features: for each direction the block histograms of its plane: K grid² (P(P - 1) + 3).
///
/// Source: N.-S. Vu, A. Caplier, "Enhanced patterns of oriented edge magnitudes for face recognition and image matching", IEEE
/// Transactions on Image Processing 21(3), 2012.
public struct OrientedEdgePatterns: GrayDescriptor, Hashable {
    /// What the patterns are made of, checked.
    public let parameters: EdgePatternParameters
    private let patterns: LocalBinaryPatterns
    /// Cosine and sine of each direction's double angle.
    private let directions: [SIMD2<Float>]

    /// - Throws: `DescriptorError.invalidParameter`.
    public init(_ parameters: EdgePatternParameters = EdgePatternParameters()) throws(DescriptorError) {
        let (count, cell) = (parameters.orientations, parameters.cell)
        try DescriptorError.require(2...16 ~= count, "orientations", count, "2 to 16")
        try DescriptorError.require(1...63 ~= cell && !cell.isMultiple(of: 2), "cell", cell, "odd, 1 to 63")
        self.parameters = parameters
        patterns = try LocalBinaryPatterns(
            LBPParameters(
                neighbours: parameters.neighbours, radius: parameters.radius, grid: parameters.grid,
                squareRoots: parameters.squareRoots))
        directions = (0..<count).map {
            let angle = 2 * Double.pi * Double($0) / Double(count)
            // Ten decimals: the same numbers whatever the last digit of a library's cosine.
            return SIMD2(Float((cos(angle) * 1e10).rounded() / 1e10), Float((sin(angle) * 1e10).rounded() / 1e10))
        }
    }

    /// orientations grid² (P(P - 1) + 3) features.
    /// - Throws: `DescriptorError.tooSmall` for a picture with fewer pixels than blocks along a side.
    public func length(for size: Size) throws(DescriptorError) -> Int {
        try parameters.orientations * patterns.length(for: size)
    }

    /// How strong the edges of each direction are about each pixel, as gray levels.
    /// - Complexity: O(pixels x orientations x cell).
    public func energies(of gray: Gray) -> [Gray] {
        let weights = [Float](repeating: 1 / Float(parameters.cell), count: parameters.cell)
        return orientedMagnitudes(of: gray.floats, along: directions).map { plane in
            rootLevels(of: plane.filteredAlongRows(by: weights).filteredAlongColumns(by: weights), scale: 16)
        }
    }

    /// - Complexity: O(pixels x orientations x (cell + neighbours)).
    public func features(of gray: Gray) throws(DescriptorError) -> [Float] {
        var features: [Float] = []
        for energy in energies(of: gray) { features += try patterns.features(of: energy) }
        return features
    }
}
