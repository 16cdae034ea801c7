import Support

/// The mean gradient length in each bin of each cell: cells row by row, bins inside.
///
/// A gradient's bin is the number of boundaries it has passed, told by the sign of a cross product: no arc tangent, so the
/// same on every processor. Gradients are whole numbers below 256, which no boundary direction meets closer than Float can
/// tell, except those that are exact. Lengths are Floats of at least 1 (or 0) and below 512, multiples of 2^-23: a Double sums
/// two million of them exactly, so that the order of additions is free. Unchecked reads: lines are one pixel longer than the
/// picture on both sides, and have room for whole SIMD vectors.
func cellHistograms(_ gray: Gray, cells: Size, cell: Int, boundaries: [SIMD2<Float>]) -> [Float] {
    let bins = boundaries.count + 1
    let columns = cells.width * cell
    let vectorWidth = (max(columns, gray.width) + 7) & ~7
    let pitch = vectorWidth + 16
    let lines = KernelMemory<Float>(repeating: 0, count: 3 * pitch + vectorWidth)
    let boundariesPassed = KernelMemory<Int32>(repeating: 0, count: vectorWidth)
    // For each cell of a row: four counters for each bin, which neighbouring pixels take in turn.
    let counters = KernelMemory<Double>(capacity: 4 * cells.width * bins)
    let (firstLine, lengths, passed, sums) = (lines.start, lines.start + 3 * pitch, boundariesPassed.start, counters.start)
    func line(_ y: Int) -> UnsafeMutablePointer<Float> { firstLine + y % 3 * pitch + 8 }
    /// A row as Floats, its second pixel repeated before the first one and its last but one after the last.
    func makeLine(_ y: Int, _ pixels: UnsafePointer<UInt8>) {
        let (target, row) = (line(y), pixels + y * gray.width)
        for x in 0..<gray.width { target[x] = Float(Int32(row[x])) }
        target[-1] = target[1]
        target[gray.width] = target[gray.width - 2]
    }
    let area = Double(cell * cell)
    return [Float](unsafeUninitializedCapacity: cells.area * bins) { result, count in
        gray.pixels.withUnsafeBufferPointer { pixels in
            makeLine(0, pixels.baseAddress!)
            for cellRow in 0..<cells.height {
                sums.initialize(repeating: 0, count: 4 * cells.width * bins)
                for y in cellRow * cell..<(cellRow + 1) * cell {
                    if y + 1 < gray.height { makeLine(y + 1, pixels.baseAddress!) }
                    let isInside = y > 0 && y < gray.height - 1
                    measureGradients(
                        row: line(y), above: line(isInside ? y - 1 : y), below: line(isInside ? y + 1 : y), boundaries: boundaries,
                        count: columns, lengths: lengths, passed: passed)
                    addLengths(lengths, passed, cells: cells.width, cell: cell, bins: bins, to: sums)
                }
                let row = result.baseAddress! + cellRow * cells.width * bins
                for i in 0..<cells.width * bins {
                    row[i] = Float((sums[4 * i] + sums[4 * i + 1] + sums[4 * i + 2] + sums[4 * i + 3]) / area)
                }
            }
        }
        count = cells.area * bins
    }
}

/// Each pixel's gradient: its length, and how many boundaries its direction has passed.
private func measureGradients(
    row: UnsafePointer<Float>, above: UnsafePointer<Float>, below: UnsafePointer<Float>, boundaries: [SIMD2<Float>], count: Int,
    lengths: UnsafeMutablePointer<Float>, passed: UnsafeMutablePointer<Int32>
) {
    boundaries.withUnsafeBufferPointer { boundaries in
        for x in stride(from: 0, to: count, by: 8) {
            var gx = vector(row + x + 1) - vector(row + x - 1)
            var gy = vector(below + x) - vector(above + x)
            let length = (gx * gx + gy * gy).squareRoot()
            let isTurned = (gy .< 0) .| ((gy .== 0) .& (gx .< 0))
            gx.replace(with: -gx, where: isTurned)
            gy.replace(with: -gy, where: isTurned)
            var bin = SIMD8<Int32>()
            // A gradient of zero passes all of them, and adds nothing wherever it goes.
            for b in boundaries { bin.replace(with: bin &+ 1, where: b.x * gy .>= b.y * gx) }
            UnsafeMutableRawPointer(lengths + x).storeBytes(of: length, as: SIMD8<Float>.self)
            UnsafeMutableRawPointer(passed + x).storeBytes(of: bin, as: SIMD8<Int32>.self)
        }
    }
}

/// Adds a row's lengths to the counters of its cells.
private func addLengths(
    _ lengths: UnsafePointer<Float>, _ passed: UnsafePointer<Int32>, cells: Int, cell: Int, bins: Int,
    to sums: UnsafeMutablePointer<Double>
) {
    for c in 0..<cells {
        let target = sums + 4 * c * bins
        for x in c * cell..<(c + 1) * cell { target[4 * Int(passed[x]) + x & 3] += Double(lengths[x]) }
    }
}

/// Every block of cells, scaled to length one, cut at 0.2 and scaled again: block rows, block columns, cell rows, cells, bins.
///
/// Unchecked reads: blocks lie inside the cells.
func normalisedBlocks(_ histograms: [Float], cells: Size, blocks: Size, side: Int, bins: Int) -> [Float] {
    let length = side * side * bins
    return [Float](unsafeUninitializedCapacity: blocks.area * length) { result, count in
        histograms.withUnsafeBufferPointer { histograms in
            for row in 0..<blocks.height {
                for column in 0..<blocks.width {
                    let block = result.baseAddress! + (row * blocks.width + column) * length
                    for y in 0..<side {
                        let start = histograms.baseAddress! + ((row + y) * cells.width + column) * bins
                        (block + y * side * bins).initialize(from: start, count: side * bins)
                    }
                    scaleToLengthOne(block, length)
                    for i in 0..<length { block[i] = min(block[i], 0.2) }
                    scaleToLengthOne(block, length)
                }
            }
        }
        count = blocks.area * length
    }
}

private func scaleToLengthOne(_ values: UnsafeMutablePointer<Float>, _ count: Int) {
    var sum: Float = 0
    for i in 0..<count { sum += values[i] * values[i] }
    let length = (sum + 1e-10).squareRoot()
    for i in 0..<count { values[i] /= length }
}

@inline(__always)
private func vector(_ p: UnsafePointer<Float>) -> SIMD8<Float> { UnsafeRawPointer(p).loadUnaligned(as: SIMD8<Float>.self) }
