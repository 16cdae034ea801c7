import Support

extension ForestSamples {
    /// The rank of every value among the distinct ones of its column.
    static func rank(_ values: [Float], rows: Int, columns: Int, threads: Int) -> [UInt16] {
        [UInt16](writing: values.count) { target in
            values.withUnsafeBufferPointer { values in
                let job = RankJob(values: values.baseAddress!, ranks: target, rows: rows)
                let block = 64
                Parallel.forEach((columns + block - 1) / block, threads: threads) { index in
                    job.run(columns: index * block..<min((index + 1) * block, columns))
                }
            }
        }
    }
}

private struct RankJob: @unchecked Sendable {
    // Safe to share: values are only read, and each column's ranks are written by one thread.
    let values: UnsafePointer<Float>
    let ranks: UnsafeMutablePointer<UInt16>
    let rows: Int

    func run(columns: Range<Int>) {
        var keys = [UInt64](repeating: 0, count: rows)
        var spare = keys
        for column in columns {
            let source = values + column * rows
            let target = ranks + column * rows
            for row in 0..<rows {
                // Adding 0 turns -0 into 0; the rest maps floats to integers of the same order.
                let bits = (source[row] + 0).bitPattern
                let ordered = bits & 0x8000_0000 == 0 ? bits | 0x8000_0000 : ~bits
                keys[row] = UInt64(ordered) << 32 | UInt64(row)
            }
            RadixSort.sort(&keys, spare: &spare, count: rows, firstBit: 32, bits: 32)
            var distinct = 0
            for place in 1..<max(rows, 1) where keys[place] >> 32 != keys[place - 1] >> 32 { distinct += 1 }
            let shift = max(0, Int.bitWidth - distinct.leadingZeroBitCount - 16)
            var number = 0
            for place in 0..<rows {
                if place > 0 && keys[place] >> 32 != keys[place - 1] >> 32 { number += 1 }
                target[Int(keys[place] & 0xFFFF_FFFF)] = UInt16(number >> shift)
            }
        }
    }
}
