/// - Throws: `DescriptorError.tooSmall` for a picture with fewer pixels than blocks along a side.
func requireBlocks(_ grid: Int, in size: Size) throws(DescriptorError) {
    guard size.width >= grid, size.height >= grid else { throw .tooSmall(found: size, needed: Size(width: grid, height: grid)) }
}

/// Each label's share of the pixels of each block of a grid, or its square root: block rows, block columns, labels.
func blockShares(
    of labels: [UInt16], in size: Size, grid: Int, labelCount: Int, count: Int, squareRoots: Bool
) -> [Float] {
    let block = Size(width: size.width / grid, height: size.height / grid)
    let counts = blockHistograms(labels, width: size.width, grid: grid, block: block, labelCount: labelCount, count: count)
    let area = Float(block.area)
    return counts.map { squareRoots ? (Float($0) / area).squareRoot() : Float($0) / area }
}
