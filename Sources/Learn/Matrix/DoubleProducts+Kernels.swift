import Support

/// A·Bᵀ of Double rows.
enum DoubleProducts {
    private static let rowBlock = 24
    private static let panel = 32
    private static let run = 512

    static func product(_ a: DoubleMatrix, _ b: DoubleMatrix, threads: Int) -> DoubleMatrix {
        var result = DoubleMatrix(rows: a.rows, columns: b.rows)
        result.withMutableValues { target in
            a.values.withUnsafeBufferPointer { bufferA in
                b.values.withUnsafeBufferPointer { bufferB in
                    multiply(bufferA, rowsA: a.rows, bufferB, rowsB: b.rows, columns: a.columns, into: target, threads: threads)
                }
            }
        }
        return result
    }

    /// As ``product(_:_:threads:)`` on raw storage; `target` (rowsA x rowsB) is overwritten.
    static func multiply(
        _ a: UnsafeBufferPointer<Double>, rowsA: Int, _ b: UnsafeBufferPointer<Double>, rowsB: Int, columns: Int,
        into target: UnsafeMutablePointer<Double>, threads: Int
    ) {
        target.update(repeating: 0, count: rowsA * rowsB)
        guard rowsA > 0, rowsB > 0, columns > 0, let baseA = a.baseAddress, let baseB = b.baseAddress else { return }
        let job = DoubleJob(a: baseA, b: baseB, target: target, rowsB: rowsB, columns: columns)
        // Panels of B are shared out: A is often only a handful of rows (one a class).
        Parallel.forEach((rowsB + panel - 1) / panel, threads: threads) { index in
            let others = index * panel..<min((index + 1) * panel, rowsB)
            for top in stride(from: 0, to: rowsA, by: rowBlock) {
                for start in stride(from: 0, to: columns, by: run) {
                    job.accumulate(
                        rows: top..<min(top + rowBlock, rowsA), others: others, columns: start..<min(start + run, columns))
                }
            }
        }
    }
}

private struct DoubleJob: @unchecked Sendable {
    // Safe to share: sources are only read, and each thread writes its own columns of the target.
    let a: UnsafePointer<Double>
    let b: UnsafePointer<Double>
    let target: UnsafeMutablePointer<Double>
    let rowsB: Int
    let columns: Int

    func accumulate(rows: Range<Int>, others: Range<Int>, columns part: Range<Int>) {
        ProductBlock(
            a: a + rows.lowerBound * columns + part.lowerBound, aStride: columns, aRows: rows.count,
            b: b + others.lowerBound * columns + part.lowerBound, bStride: columns, bRows: others.count, length: part.count,
            target: target + rows.lowerBound * rowsB + others.lowerBound, targetStride: rowsB
        ).accumulate()
    }
}
