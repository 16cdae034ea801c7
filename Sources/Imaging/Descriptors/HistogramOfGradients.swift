import Foundation

/// What a `HistogramOfGradients` is made of.
public struct HOGParameters: Hashable, Sendable, Codable {
    /// Bins of half a turn; 1 to 36.
    public var orientations: Int
    /// The side of a square cell in pixels; at least 2.
    public var cell: Int
    /// The side of a square block in cells; at least 1.
    public var block: Int

    /// Parameters as they are; `HistogramOfGradients` checks them.
    public init(orientations: Int = 9, cell: Int = 8, block: Int = 2) {
        self.orientations = orientations
        self.cell = cell
        self.block = block
    }
}

/// Histograms of oriented gradients: how strong the edges of each direction are in each cell of a grid.
///
/// Gradients are the central differences x[i + 1] - x[i - 1], zero at the picture's border. Each pixel adds its gradient's
/// length to one of its cell's bins, bin b holding directions from b to b + 1 times 180 / orientations degrees (a direction
/// and its opposite are one). Cells hold means. Each block of neighbouring cells is scaled to length one, its values are cut at
/// 0.2, and it is scaled again (L2-Hys, epsilon 1e-5). Blocks overlap: they start at every cell.
///
/// Features: (columns - block + 1)(rows - block + 1) block^2 orientations, where columns and rows count whole cells. Order:
/// block rows, block columns, cell rows, cell columns, bins. The same numbers as scikit-image 0.26's `hog` within 1e-5 for
/// even cells.
///
/// Source: N. Dalal, B. Triggs, "Histograms of oriented gradients for human detection", CVPR 2005.
public struct HistogramOfGradients: GrayDescriptor, Hashable {
    /// What the histograms are made of, checked.
    public let parameters: HOGParameters
    /// Cosine and sine of each boundary between two bins.
    private let boundaries: [SIMD2<Float>]

    /// - Throws: `DescriptorError.invalidParameter`.
    public init(_ parameters: HOGParameters = HOGParameters()) throws(DescriptorError) {
        try DescriptorError.require(1...36 ~= parameters.orientations, "orientations", parameters.orientations, "1 to 36")
        try DescriptorError.require(2...4096 ~= parameters.cell, "cell", parameters.cell, "2 to 4096")
        try DescriptorError.require(1...64 ~= parameters.block, "block", parameters.block, "1 to 64")
        self.parameters = parameters
        boundaries = (1..<max(parameters.orientations, 1)).map { Self.direction($0, of: parameters.orientations) }
    }

    /// (columns - block + 1)(rows - block + 1) block² orientations.
    /// - Throws: `DescriptorError.tooSmall` for a picture smaller than one block.
    public func length(for size: Size) throws(DescriptorError) -> Int {
        let blocks = try blocks(in: size)
        return blocks.area * parameters.block * parameters.block * parameters.orientations
    }

    /// - Complexity: O(pixels x orientations + features).
    public func features(of gray: Gray) throws(DescriptorError) -> [Float] {
        let blocks = try blocks(in: gray.size)
        let cells = Size(width: gray.width / parameters.cell, height: gray.height / parameters.cell)
        let histograms = cellHistograms(gray, cells: cells, cell: parameters.cell, boundaries: boundaries)
        return normalisedBlocks(
            histograms, cells: cells, blocks: blocks, side: parameters.block, bins: parameters.orientations)
    }

    private func blocks(in size: Size) throws(DescriptorError) -> Size {
        let side = parameters.cell * parameters.block
        guard size.width >= side, size.height >= side else {
            throw .tooSmall(found: size, needed: Size(width: side, height: side))
        }
        return Size(
            width: size.width / parameters.cell - parameters.block + 1, height: size.height / parameters.cell - parameters.block + 1)
    }

    /// The direction at k / n of half a turn, exact where sine and cosine are equal or zero.
    private static func direction(_ k: Int, of n: Int) -> SIMD2<Float> {
        let angle = Double.pi * Double(k) / Double(n)
        if 2 * k == n { return [0, 1] }
        if 4 * k == n { return [1, 1] }
        if 4 * k == 3 * n { return [-1, 1] }
        return [Float(cos(angle)), Float(sin(angle))]
    }
}
