/// The mean gradient length in each bin of each cell: cells row by row, bins inside.
///
/// A gradient's bin is the number of boundaries it has passed, told by the sign of a cross product: no arc tangent, so the
/// same on every processor. Gradients are whole numbers below 256, which no boundary direction meets closer than Float can
/// tell, except those that are exact. Unchecked reads: neighbours are read one pixel inside the border only.
func cellHistograms(_ gray: Gray, cells: Size, cell: Int, boundaries: [SIMD2<Float>]) -> [Float] {
    let (width, height, bins) = (gray.width, gray.height, boundaries.count + 1)
    var sums = [Double](repeating: 0, count: cells.area * bins)
    let columns = cells.width * cell
    var lengths = [Float](repeating: 0, count: columns)
    var indices = [Int32](repeating: 0, count: columns)
    gray.pixels.withUnsafeBufferPointer { pixels in
        for y in 0..<cells.height * cell {
            let row = pixels.baseAddress! + y * width
            let isInside = y > 0 && y < height - 1
            let (above, below) = isInside ? (row - width, row + width) : (row, row)
            lengths.withUnsafeMutableBufferPointer { lengths in
                indices.withUnsafeMutableBufferPointer { indices in
                    for x in 0..<columns {
                        let right = Float(row[x < width - 1 && x > 0 ? x + 1 : x])
                        let left = Float(row[x < width - 1 && x > 0 ? x - 1 : x])
                        var (gx, gy) = (right - left, Float(below[x]) - Float(above[x]))
                        lengths[x] = (gx * gx + gy * gy).squareRoot()
                        if gy < 0 || (gy == 0 && gx < 0) { (gx, gy) = (-gx, -gy) }
                        var passed: Int32 = 0
                        for b in boundaries where b.x * gy - b.y * gx >= 0 { passed += 1 }
                        // A gradient of zero passes all of them, and adds nothing wherever it goes.
                        indices[x] = passed
                    }
                }
            }
            let base = y / cell * cells.width
            for x in 0..<columns {
                sums[(base + x / cell) * bins + Int(indices[x])] += Double(lengths[x])
            }
        }
    }
    let area = Double(cell * cell)
    return sums.map { Float($0 / area) }
}
