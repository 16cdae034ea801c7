// Products of few Double rows with many Float rows, in double precision: panels of the Float rows are widened into scratch space
// that stays in the cache, and every number widened serves all Double rows.
//
// Bounds: a panel is at most `panel` rows of `run` numbers.

import Support

/// V·Xᵀ and A·X for Double V, A and Float X.
enum MixedProducts {
    private static let panel = 32
    private static let run = 512

    /// V·Xᵀ: V.rows x X.rows.
    /// - Parameter v: rowsV x x.columns, row-major.
    /// - Parameter target: overwritten.
    /// - Complexity: O(rowsV * x.rows * x.columns).
    static func timesTransposed(
        _ v: UnsafePointer<Double>, rowsV: Int, _ x: Matrix, into target: UnsafeMutablePointer<Double>, threads: Int
    ) {
        multiply(v, rowsV: rowsV, outer: x.rows, inner: x.columns, into: target, threads: threads) { scratch, others, columns in
            x.values.withUnsafeBufferPointer { values in
                for (place, row) in others.enumerated() {
                    let source = values.baseAddress! + row * x.columns
                    let widened = scratch + place * run
                    for (offset, column) in columns.enumerated() { widened[offset] = Double(source[column]) }
                }
            }
        }
    }

    /// A·X: A.rows x X.columns.
    /// - Parameter a: rowsA x x.rows, row-major.
    /// - Parameter target: overwritten.
    /// - Complexity: O(rowsA * x.rows * x.columns).
    static func times(
        _ a: UnsafePointer<Double>, rowsA: Int, _ x: Matrix, into target: UnsafeMutablePointer<Double>, threads: Int
    ) {
        multiply(a, rowsV: rowsA, outer: x.columns, inner: x.rows, into: target, threads: threads) { scratch, others, rows in
            x.values.withUnsafeBufferPointer { values in
                for (offset, row) in rows.enumerated() {
                    let source = values.baseAddress! + row * x.columns + others.lowerBound
                    for place in 0..<others.count { scratch[place * run + offset] = Double(source[place]) }
                }
            }
        }
    }

    /// A·X: A.rows x X.columns.
    /// - Precondition: A has a column for every row of X.
    static func times(_ a: DoubleMatrix, _ x: Matrix, threads: Int) -> DoubleMatrix {
        precondition(a.columns == x.rows, "inner sizes agree")
        var result = DoubleMatrix(rows: a.rows, columns: x.columns)
        guard a.rows > 0, a.columns > 0, x.columns > 0 else { return result }
        result.withMutableValues { target in
            a.values.withUnsafeBufferPointer { times($0.baseAddress!, rowsA: a.rows, x, into: target, threads: threads) }
        }
        return result
    }

    /// - Parameter widen: fills scratch rows (one for each of the outer indices given) with the inner indices given.
    @inline(__always)
    private static func multiply(
        _ v: UnsafePointer<Double>, rowsV: Int, outer: Int, inner: Int, into target: UnsafeMutablePointer<Double>, threads: Int,
        widen: @Sendable (UnsafeMutablePointer<Double>, Range<Int>, Range<Int>) -> Void
    ) {
        target.update(repeating: 0, count: rowsV * outer)
        let job = MixedJob(v: v, target: target, outer: outer, inner: inner, scratchStride: run)
        Parallel.forEach((outer + panel - 1) / panel, threads: threads) { index in
            let others = index * panel..<min((index + 1) * panel, outer)
            withUnsafeTemporaryAllocation(of: Double.self, capacity: panel * run) { scratch in
                let scratch = scratch.baseAddress!
                for start in stride(from: 0, to: inner, by: run) {
                    let span = start..<min(start + run, inner)
                    widen(scratch, others, span)
                    job.accumulate(rowsV: rowsV, scratch: scratch, others: others, span: span)
                }
            }
        }
    }
}

private struct MixedJob: @unchecked Sendable {
    // Safe to share: sources are only read, and each thread writes its own columns of the target.
    let v: UnsafePointer<Double>
    let target: UnsafeMutablePointer<Double>
    let outer: Int
    let inner: Int
    let scratchStride: Int

    func accumulate(rowsV: Int, scratch: UnsafePointer<Double>, others: Range<Int>, span: Range<Int>) {
        ProductBlock(
            a: v + span.lowerBound, aStride: inner, aRows: rowsV, b: scratch, bStride: scratchStride, bRows: others.count,
            length: span.count, target: target + others.lowerBound, targetStride: outer
        ).accumulate()
    }
}
