/// How often each level occurs in the pixels of some rows and columns of a plane.
///
/// Unchecked reads: rows and columns lie inside the plane.
func tileCounts(_ gray: Gray, rows: ArraySlice<Int>, columns: ArraySlice<Int>) -> [Int] {
    var counts = [UInt32](repeating: 0, count: 4 * 256)
    // The last tiles of a picture that was extended have columns that are not neighbours.
    let isRun = zip(columns, columns.dropFirst()).allSatisfy { $0 + 1 == $1 }
    counts.withUnsafeMutableBufferPointer { counts in
        gray.pixels.withUnsafeBufferPointer { pixels in
            for y in rows {
                let row = pixels.baseAddress! + y * gray.width
                if isRun, let first = columns.first {
                    addLevels(row + first, columns.count, to: counts.baseAddress!)
                } else {
                    for x in columns { counts[Int(row[x])] &+= 1 }
                }
            }
        }
    }
    return joinedCounts(counts)
}

/// Each pixel looked up in the tables of the four tiles around it, blended in Float and rounded to even.
///
/// Unchecked reads: each tile has 256 entries, pairs name tiles that exist.
func blendedTables(_ gray: Gray, _ tables: [UInt8], columns: [TilePair], rows: [TilePair], pitch: Int) -> Gray {
    let width = gray.width
    let blender = RowBlender(width: width)
    let offsets = columns.map { (first: 256 * $0.first, second: 256 * $0.second) }
    for x in 0..<width { blender.across[x] = columns[x].weight }
    let pixels = [UInt8](unsafeUninitializedCapacity: gray.pixels.count) { target, initialized in
        gray.pixels.withUnsafeBufferPointer { pixels in
            tables.withUnsafeBufferPointer { tables in
                offsets.withUnsafeBufferPointer { offsets in
                    for (y, pair) in rows.enumerated() {
                        let upper = tables.baseAddress! + 256 * pitch * pair.first
                        let lower = tables.baseAddress! + 256 * pitch * pair.second
                        let row = pixels.baseAddress! + y * width
                        for x in 0..<width {
                            let (left, right) = (offsets[x].first + Int(row[x]), offsets[x].second + Int(row[x]))
                            let top = UInt32(upper[left]) | UInt32(upper[right]) << 8
                            blender.words[x] = top | UInt32(lower[left]) << 16 | UInt32(lower[right]) << 24
                        }
                        blender.down.update(repeating: pair.weight, count: blender.width)
                        blender.blend()
                        let result = target.baseAddress! + y * width
                        for x in 0..<width { result[x] = UInt8(truncatingIfNeeded: blender.words[x]) }
                    }
                }
            }
        }
        initialized = gray.pixels.count
    }
    return Gray(width: width, height: gray.height, pixels: pixels)
}

/// The running sum of each level's counts times `scale`, rounded to even; the largest is 255.
func scaledRunningSums(_ counts: [Int], scale: Float) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: counts.count) { target, initialized in
        counts.withUnsafeBufferPointer { counts in
            var sum: Int32 = 0
            for level in 0..<counts.count {
                sum &+= Int32(truncatingIfNeeded: counts[level])
                // 1.5 x 2^23: rounds to a whole number, which stands in the low bits.
                let rounded = min(Float(sum) * scale, 255) + 0x1.8p23
                target[level] = UInt8(truncatingIfNeeded: rounded.bitPattern)
            }
        }
        initialized = counts.count
    }
}
