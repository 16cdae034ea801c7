import Support

/// A·Bᵀ of Float rows with Double results.
enum FloatProducts {
    /// Columns summed in single precision before they are added up in double.
    private static let run = 256
    /// Rows of A that one thread takes at a time, a multiple of the tile's 3.
    private static let rowBlock = 24
    /// Rows of B kept in the cache while a block of A passes: 64 rows x 256 columns x 4 bytes = 64 KiB.
    private static let panel = 64

    static func product(_ a: Matrix, _ b: Matrix, symmetric: Bool, threads: Int) -> DoubleMatrix {
        var result = DoubleMatrix(rows: a.rows, columns: b.rows)
        guard a.rows > 0, b.rows > 0, a.columns > 0 else { return result }
        result.withMutableValues { target in
            a.values.withUnsafeBufferPointer { bufferA in
                b.values.withUnsafeBufferPointer { bufferB in
                    let job = FloatJob(
                        a: bufferA.baseAddress!, b: bufferB.baseAddress!, target: target, rowsA: a.rows, rowsB: b.rows,
                        columns: a.columns)
                    Parallel.forEach((a.rows + rowBlock - 1) / rowBlock, threads: threads) { block in
                        let rows = block * rowBlock..<min((block + 1) * rowBlock, job.rowsA)
                        let first = symmetric ? rows.lowerBound / panel * panel : 0
                        for left in stride(from: first, to: job.rowsB, by: panel) {
                            for start in stride(from: 0, to: job.columns, by: run) {
                                job.accumulate(
                                    rows: rows, others: left..<min(left + panel, job.rowsB),
                                    columns: start..<min(start + run, job.columns))
                            }
                        }
                    }
                    if symmetric { job.mirror() }
                }
            }
        }
        return result
    }
}

private struct FloatJob: @unchecked Sendable {
    // Safe to share: sources are only read, and each thread writes its own rows of the target.
    let a: UnsafePointer<Float>
    let b: UnsafePointer<Float>
    let target: UnsafeMutablePointer<Double>
    let rowsA: Int
    let rowsB: Int
    let columns: Int

    func accumulate(rows: Range<Int>, others: Range<Int>, columns part: Range<Int>) {
        ProductBlock(
            a: a + rows.lowerBound * columns + part.lowerBound, aStride: columns, aRows: rows.count,
            b: b + others.lowerBound * columns + part.lowerBound, bStride: columns, bRows: others.count, length: part.count,
            target: target + rows.lowerBound * rowsB + others.lowerBound, targetStride: rowsB
        ).accumulate()
    }

    /// Copies the upper triangle to the lower one, whose elements near the diagonal were computed too: both are the same sum.
    func mirror() {
        for row in 0..<rowsA {
            for other in 0..<row { target[row * rowsB + other] = target[other * rowsB + row] }
        }
    }
}
