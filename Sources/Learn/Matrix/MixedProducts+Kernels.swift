// Products of few Double rows with many Float rows, in double precision: panels of the Float rows are widened into scratch space
// that stays in the cache, and every number widened serves all Double rows.
//
// Bounds: a panel is at most `panel` rows of `run` numbers; a tile at its lower or right edge repeats the last valid row instead of
// reading past it.

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
        for row in stride(from: 0, to: rowsV, by: 3) {
            for place in stride(from: 0, to: others.count, by: 4) {
                tile(row, rowsV, scratch, place, others, span)
            }
        }
    }

    @inline(__always)
    private func vector(_ pointer: UnsafePointer<Double>, _ offset: Int) -> SIMD4<Double> {
        UnsafeRawPointer(pointer + offset).loadUnaligned(as: SIMD4<Double>.self)
    }

    @inline(__always)
    private func sum(_ v: SIMD4<Double>) -> Double {
        let two = v.lowHalf + v.highHalf
        return two.x + two.y
    }

    private func tile(
        _ row: Int, _ rowEnd: Int, _ scratch: UnsafePointer<Double>, _ place: Int, _ others: Range<Int>, _ span: Range<Int>
    ) {
        let last = others.count - 1
        let a0 = v + row * inner + span.lowerBound
        let a1 = v + min(row + 1, rowEnd - 1) * inner + span.lowerBound
        let a2 = v + min(row + 2, rowEnd - 1) * inner + span.lowerBound
        let b0 = scratch + place * scratchStride
        let b1 = scratch + min(place + 1, last) * scratchStride
        let b2 = scratch + min(place + 2, last) * scratchStride
        let b3 = scratch + min(place + 3, last) * scratchStride
        var s00 = SIMD4<Double>.zero, s01 = s00, s02 = s00, s03 = s00
        var s10 = s00, s11 = s00, s12 = s00, s13 = s00
        var s20 = s00, s21 = s00, s22 = s00, s23 = s00
        var k = 0
        while k + 4 <= span.count {
            let x0 = vector(a0, k), x1 = vector(a1, k), x2 = vector(a2, k)
            var y = vector(b0, k)
            s00 += x0 * y
            s10 += x1 * y
            s20 += x2 * y
            y = vector(b1, k)
            s01 += x0 * y
            s11 += x1 * y
            s21 += x2 * y
            y = vector(b2, k)
            s02 += x0 * y
            s12 += x1 * y
            s22 += x2 * y
            y = vector(b3, k)
            s03 += x0 * y
            s13 += x1 * y
            s23 += x2 * y
            k += 4
        }
        add((sum(s00), sum(s01), sum(s02), sum(s03)), row, a0, (b0, b1, b2, b3), k, place, others, span)
        if row + 1 < rowEnd {
            add((sum(s10), sum(s11), sum(s12), sum(s13)), row + 1, a1, (b0, b1, b2, b3), k, place, others, span)
        }
        if row + 2 < rowEnd {
            add((sum(s20), sum(s21), sum(s22), sum(s23)), row + 2, a2, (b0, b1, b2, b3), k, place, others, span)
        }
    }

    @inline(__always)
    private func add(
        _ sums: (Double, Double, Double, Double), _ row: Int, _ x: UnsafePointer<Double>,
        _ y: (UnsafePointer<Double>, UnsafePointer<Double>, UnsafePointer<Double>, UnsafePointer<Double>), _ rest: Int, _ place: Int,
        _ others: Range<Int>, _ span: Range<Int>
    ) {
        var totals = sums
        for k in rest..<span.count {
            totals.0 += x[k] * y.0[k]
            totals.1 += x[k] * y.1[k]
            totals.2 += x[k] * y.2[k]
            totals.3 += x[k] * y.3[k]
        }
        let cell = target + row * outer + others.lowerBound + place
        cell[0] += totals.0
        if place + 1 < others.count { cell[1] += totals.1 }
        if place + 2 < others.count { cell[2] += totals.2 }
        if place + 3 < others.count { cell[3] += totals.3 }
    }
}
