/// Blends interleaved 8-bit pixels along the columns, then along the rows, of two fixed-point axes.
///
/// The horizontally blended rows are kept in two buffers and reused while consecutive destination rows share them.
/// Unchecked reads: `FixedPointAxis` clamps every index to the source.
func fixedPointBlend(
    _ pixels: [UInt8], sourceWidth: Int, channels: Int, columns: FixedPointAxis, rows: FixedPointAxis
) -> [UInt8] {
    let rowCount = columns.count * channels
    let total = rowCount * rows.count
    var left: [Int] = []
    var right: [Int] = []
    var leftWeight: [Int32] = []
    var rightWeight: [Int32] = []
    for d in 0..<columns.count {
        for channel in 0..<channels {
            left.append(columns.first[d] * channels + channel)
            right.append(columns.second[d] * channels + channel)
            leftWeight.append(columns.firstWeight[d])
            rightWeight.append(columns.secondWeight[d])
        }
    }

    func blendRow(_ row: Int, into target: inout [Int32]) {
        pixels.withUnsafeBufferPointer { source in
            let base = source.baseAddress! + row * sourceWidth * channels
            target.withUnsafeMutableBufferPointer { target in
                for i in 0..<rowCount {
                    let blended = leftWeight[i] &* Int32(base[left[i]]) &+ rightWeight[i] &* Int32(base[right[i]])
                    target[i] = blended >> 4
                }
            }
        }
    }

    var upper = [Int32](repeating: 0, count: rowCount)
    var lower = upper
    var upperRow = -1
    var lowerRow = -1
    return [UInt8](unsafeUninitializedCapacity: total) { target, initialized in
        for y in 0..<rows.count {
            let (r0, r1) = (rows.first[y], rows.second[y])
            if r0 == lowerRow, r0 != upperRow {
                swap(&upper, &lower)
                swap(&upperRow, &lowerRow)
            }
            if r0 != upperRow {
                blendRow(r0, into: &upper)
                upperRow = r0
            }
            if r1 != lowerRow {
                blendRow(r1, into: &lower)
                lowerRow = r1
            }
            let (b0, b1) = (rows.firstWeight[y], rows.secondWeight[y])
            for i in 0..<rowCount {
                let sum = ((b0 &* upper[i]) >> 16) &+ ((b1 &* lower[i]) >> 16) &+ 2
                target[y * rowCount + i] = UInt8(truncatingIfNeeded: sum >> 2)
            }
        }
        initialized = total
    }
}
