/// Means of whole blocks: a block's rows are summed first, many columns at once, then its columns; whole numbers have the same sum in any order.
/// Unchecked reads: target x block never exceeds the source, since the scale is their quotient.
func blockMeans(_ pixels: [UInt8], sourceWidth: Int, channels: Int, block: Size, target: Size) -> [UInt8] {
    let pitch = sourceWidth * channels
    let count = target.width * channels
    let factor = 1 / Float(block.area)
    let isPair = block.width == 2 && block.height == 2
    var columns = [Int32](repeating: 0, count: count * block.width)
    var sums = [Int32](repeating: 0, count: count)
    return [UInt8](unsafeUninitializedCapacity: count * target.height) { result, initialized in
        pixels.withUnsafeBufferPointer { source in
            columns.withUnsafeMutableBufferPointer { columns in
                sums.withUnsafeMutableBufferPointer { sums in
                    for y in 0..<target.height {
                        let top = source.baseAddress! + y * block.height * pitch
                        sumRows(top, pitch: pitch, height: block.height, into: columns.baseAddress!, columns.count)
                        sumBlocks(columns.baseAddress!, width: block.width, channels: channels, into: sums.baseAddress!, target.width)
                        let means = result.baseAddress! + y * count
                        if isPair {
                            for i in 0..<count { means[i] = UInt8(truncatingIfNeeded: (sums[i] &+ 2) &>> 2) }
                        } else {
                            for i in 0..<count { means[i] = rounded(Float(sums[i]) * factor) }
                        }
                    }
                }
            }
        }
        initialized = count * target.height
    }
}

/// The sums of `height` rows, column by column.
private func sumRows(_ top: UnsafePointer<UInt8>, pitch: Int, height: Int, into sums: UnsafeMutablePointer<Int32>, _ count: Int) {
    for i in 0..<count { sums[i] = Int32(top[i]) }
    for row in 1..<max(height, 1) {
        let pixels = top + row * pitch
        for i in 0..<count { sums[i] &+= Int32(pixels[i]) }
    }
}

/// The sums of `width` neighbours of each channel.
private func sumBlocks(
    _ columns: UnsafePointer<Int32>, width: Int, channels: Int, into sums: UnsafeMutablePointer<Int32>, _ count: Int
) {
    let step = width &* channels
    for channel in 0..<channels {
        for k in 0..<width {
            let next = columns + channel + k * channels
            if k == 0 {
                for x in 0..<count { sums[x &* channels &+ channel] = next[x &* step] }
            } else {
                for x in 0..<count { sums[x &* channels &+ channel] &+= next[x &* step] }
            }
        }
    }
}

/// Weighted means along the columns, then along the rows.
///
/// A sum must add its terms in order, so one alone waits for every addition: columns are summed in eight rows at once, one a lane.
/// Each row then goes into the one or two target rows that it belongs to, which are written as soon as their last row has come.
/// Unchecked reads: `AreaAxis` keeps every run inside the source.
func weightedMeans(_ pixels: [UInt8], sourceWidth: Int, channels: Int, columns: AreaAxis, rows: AreaAxis) -> [UInt8] {
    let pitch = sourceWidth * channels
    let height = pixels.count / pitch
    let count = columns.cells.count * channels
    var lanes = [SIMD8<Float>](repeating: .zero, count: pitch)
    var shrunk = [Float](repeating: 0, count: 8 * count)
    var sums = [Float](repeating: 0, count: 2 * count)
    return [UInt8](unsafeUninitializedCapacity: count * rows.cells.count) { result, initialized in
        pixels.withUnsafeBufferPointer { source in
            lanes.withUnsafeMutableBufferPointer { lanes in
                shrunk.withUnsafeMutableBufferPointer { shrunk in
                    sums.withUnsafeMutableBufferPointer { sums in
                        var target = 0
                        for top in stride(from: 0, to: height, by: 8) {
                            turnToLanes(source.baseAddress!, top: top, height: height, pitch: pitch, lanes.baseAddress!)
                            sumColumns(lanes.baseAddress!, columns, channels: channels, into: shrunk.baseAddress!)
                            for row in top..<min(top + 8, height) {
                                var current = target
                                while current < rows.cells.count, rows.cells[current].start <= row {
                                    let cell = rows.cells[current]
                                    let place = row - cell.start
                                    let sum = sums.baseAddress! + (current & 1) * count
                                    if place < cell.weights.count {
                                        let values = shrunk.baseAddress! + (row - top) * count
                                        addRow(values, cell.weights[place], to: sum, count, isFirst: place == 0)
                                    }
                                    if place == cell.weights.count - 1 {
                                        roundRow(sum, count, to: result.baseAddress! + current * count)
                                        target = current + 1
                                    }
                                    current += 1
                                }
                            }
                        }
                    }
                }
            }
        }
        initialized = count * rows.cells.count
    }
}

/// Eight rows from `top` on, one a lane. A block that would pass the last row repeats it.
private func turnToLanes(
    _ pixels: UnsafePointer<UInt8>, top: Int, height: Int, pitch: Int, _ lanes: UnsafeMutablePointer<SIMD8<Float>>
) {
    func row(_ k: Int) -> UnsafePointer<UInt8> { pixels + min(top + k, height - 1) * pitch }
    let (p0, p1, p2, p3, p4, p5, p6, p7) = (row(0), row(1), row(2), row(3), row(4), row(5), row(6), row(7))
    for i in 0..<pitch {
        lanes[i] = SIMD8<Float>(SIMD8<UInt8>(p0[i], p1[i], p2[i], p3[i], p4[i], p5[i], p6[i], p7[i]))
    }
}

/// The weighted sums along the columns of eight rows, row after row.
private func sumColumns(
    _ lanes: UnsafePointer<SIMD8<Float>>, _ columns: AreaAxis, channels: Int, into shrunk: UnsafeMutablePointer<Float>
) {
    let count = columns.cells.count * channels
    var i = 0
    for cell in columns.cells {
        cell.weights.withUnsafeBufferPointer { weights in
            for channel in 0..<channels {
                var place = lanes + cell.start * channels + channel
                var sum = SIMD8<Float>.zero
                for weight in weights {
                    sum += place.pointee * weight
                    place += channels
                }
                for k in 0..<8 { shrunk[k * count + i] = sum[k] }
                i += 1
            }
        }
    }
}

private func addRow(_ row: UnsafePointer<Float>, _ weight: Float, to sums: UnsafeMutablePointer<Float>, _ count: Int, isFirst: Bool) {
    if isFirst {
        for i in 0..<count { sums[i] = row[i] * weight }
    } else {
        for i in 0..<count { sums[i] += row[i] * weight }
    }
}

private func roundRow(_ sums: UnsafePointer<Float>, _ count: Int, to result: UnsafeMutablePointer<UInt8>) {
    for i in 0..<count { result[i] = rounded(sums[i]) }
}

/// Rounded to even and held to 0...255. Sums are far below 2^22: adding 1.5 x 2^23 leaves the nearest whole number in the low bits.
private func rounded(_ sum: Float) -> UInt8 {
    let whole = Int32(bitPattern: (sum + 12_582_912).bitPattern) &- 0x4B40_0000
    return UInt8(truncatingIfNeeded: min(max(whole, 0), 255))
}
