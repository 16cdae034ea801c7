/// Means of whole blocks. Unchecked reads: target x block never exceeds the source, since the scale is their quotient.
func blockMeans(_ pixels: [UInt8], sourceWidth: Int, channels: Int, block: Size, target: Size) -> [UInt8] {
    let rowCount = target.width * channels
    let factor = 1 / Float(block.area)
    let isPair = block.width == 2 && block.height == 2
    var sums = [Int32](repeating: 0, count: rowCount)
    return [UInt8](unsafeUninitializedCapacity: rowCount * target.height) { result, initialized in
        pixels.withUnsafeBufferPointer { source in
            for y in 0..<target.height {
                for i in 0..<rowCount { sums[i] = 0 }
                for row in 0..<block.height {
                    let base = source.baseAddress! + (y * block.height + row) * sourceWidth * channels
                    for x in 0..<target.width {
                        for channel in 0..<channels {
                            var sum: Int32 = 0
                            for k in 0..<block.width {
                                sum &+= Int32(base[(x * block.width + k) * channels + channel])
                            }
                            sums[x * channels + channel] &+= sum
                        }
                    }
                }
                for i in 0..<rowCount {
                    let mean = isPair ? (sums[i] &+ 2) >> 2 : Int32((Float(sums[i]) * factor).rounded(.toNearestOrEven))
                    result[y * rowCount + i] = UInt8(clamping: mean)
                }
            }
        }
        initialized = rowCount * target.height
    }
}

/// Weighted means along the columns, then along the rows.
///
/// Rows are summed four at a time: each sum must add its terms in order, so a single one waits for every addition, while four
/// independent ones fill the waiting time. Unchecked reads: `AreaAxis` keeps every run inside the source.
func weightedMeans(_ pixels: [UInt8], sourceWidth: Int, channels: Int, columns: AreaAxis, rows: AreaAxis) -> [UInt8] {
    let rowCount = columns.cells.count * channels
    let sourceHeight = pixels.count / (sourceWidth * channels)
    var shrunk = [Float](repeating: 0, count: rowCount * sourceHeight)
    pixels.withUnsafeBufferPointer { source in
        shrunk.withUnsafeMutableBufferPointer { target in
            let pitch = sourceWidth * channels
            for top in stride(from: 0, to: sourceHeight, by: 4) {
                // A block that would pass the last row repeats it; the repeats write the same numbers again.
                let r = (0..<4).map { min(top + $0, sourceHeight - 1) }
                let p0 = source.baseAddress! + r[0] * pitch
                let p1 = source.baseAddress! + r[1] * pitch
                let p2 = source.baseAddress! + r[2] * pitch
                let p3 = source.baseAddress! + r[3] * pitch
                for (d, cell) in columns.cells.enumerated() {
                    cell.weights.withUnsafeBufferPointer { weights in
                        for channel in 0..<channels {
                            var offset = cell.start * channels + channel
                            var (s0, s1, s2, s3) = (Float(0), Float(0), Float(0), Float(0))
                            for weight in weights {
                                s0 += Float(p0[offset]) * weight
                                s1 += Float(p1[offset]) * weight
                                s2 += Float(p2[offset]) * weight
                                s3 += Float(p3[offset]) * weight
                                offset += channels
                            }
                            let i = d * channels + channel
                            target[r[0] * rowCount + i] = s0
                            target[r[1] * rowCount + i] = s1
                            target[r[2] * rowCount + i] = s2
                            target[r[3] * rowCount + i] = s3
                        }
                    }
                }
            }
        }
    }
    var sums = [Float](repeating: 0, count: rowCount)
    return [UInt8](unsafeUninitializedCapacity: rowCount * rows.cells.count) { result, initialized in
        shrunk.withUnsafeBufferPointer { shrunk in
            for (y, cell) in rows.cells.enumerated() {
                for i in 0..<rowCount { sums[i] = 0 }
                for (k, weight) in cell.weights.enumerated() {
                    let base = shrunk.baseAddress! + (cell.start + k) * rowCount
                    for i in 0..<rowCount { sums[i] += base[i] * weight }
                }
                for i in 0..<rowCount {
                    result[y * rowCount + i] = UInt8(min(max(sums[i].rounded(.toNearestOrEven), 0), 255))
                }
            }
        }
        initialized = rowCount * rows.cells.count
    }
}
