// Inner products of many rows with many rows. Both kernels work on tiles of 3 x 4 rows: 12 vector accumulators, 3 + 1 loaded
// vectors fill the 16 vector registers of x86-64-v3, and each loaded number is used three or four times. Every element's sum is
// formed in the same order wherever its tile lies, so that results depend neither on threads nor on the block sizes.
//
// Bounds: a tile at the lower or right edge repeats its last valid row instead of reading past it; columns that do not fill a
// vector are summed one by one.

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
        let (rowsA, rowsB, columns) = (a.rows, b.rows, a.columns)
        result.withMutableValues { target in
            a.values.withUnsafeBufferPointer { bufferA in
                b.values.withUnsafeBufferPointer { bufferB in
                    let job = FloatJob(
                        a: bufferA.baseAddress!, b: bufferB.baseAddress!, target: target, rowsA: rowsA, rowsB: rowsB,
                        columns: columns)
                    let blocks = (rowsA + rowBlock - 1) / rowBlock
                    Parallel.forEach(blocks, threads: threads) { block in
                        let rows = block * rowBlock..<min((block + 1) * rowBlock, rowsA)
                        let first = symmetric ? rows.lowerBound / panel * panel : 0
                        for left in stride(from: first, to: rowsB, by: panel) {
                            let columnsB = left..<min(left + panel, rowsB)
                            for start in stride(from: 0, to: columns, by: run) {
                                job.accumulate(rows: rows, others: columnsB, start: start, end: min(start + run, columns))
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

    func accumulate(rows: Range<Int>, others: Range<Int>, start: Int, end: Int) {
        for row in stride(from: rows.lowerBound, to: rows.upperBound, by: 3) {
            for other in stride(from: others.lowerBound, to: others.upperBound, by: 4) {
                tile(row, rows.upperBound, other, others.upperBound, start, end)
            }
        }
    }

    @inline(__always)
    private func vector(_ pointer: UnsafePointer<Float>, _ offset: Int) -> SIMD8<Float> {
        UnsafeRawPointer(pointer + offset).loadUnaligned(as: SIMD8<Float>.self)
    }

    @inline(__always)
    private func sum(_ v: SIMD8<Float>) -> Double {
        let four = v.lowHalf + v.highHalf
        let two = four.lowHalf + four.highHalf
        return Double(two.x + two.y)
    }

    private func tile(_ row: Int, _ rowEnd: Int, _ other: Int, _ otherEnd: Int, _ start: Int, _ end: Int) {
        let a0 = a + row * columns
        let a1 = a + min(row + 1, rowEnd - 1) * columns
        let a2 = a + min(row + 2, rowEnd - 1) * columns
        let b0 = b + other * columns
        let b1 = b + min(other + 1, otherEnd - 1) * columns
        let b2 = b + min(other + 2, otherEnd - 1) * columns
        let b3 = b + min(other + 3, otherEnd - 1) * columns
        var s00 = SIMD8<Float>.zero, s01 = s00, s02 = s00, s03 = s00
        var s10 = s00, s11 = s00, s12 = s00, s13 = s00
        var s20 = s00, s21 = s00, s22 = s00, s23 = s00
        var k = start
        while k + 8 <= end {
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
            k += 8
        }
        let partials = (
            (sum(s00), sum(s01), sum(s02), sum(s03)), (sum(s10), sum(s11), sum(s12), sum(s13)),
            (sum(s20), sum(s21), sum(s22), sum(s23))
        )
        add(partials.0, row, other, otherEnd, a0, (b0, b1, b2, b3), k, end)
        if row + 1 < rowEnd { add(partials.1, row + 1, other, otherEnd, a1, (b0, b1, b2, b3), k, end) }
        if row + 2 < rowEnd { add(partials.2, row + 2, other, otherEnd, a2, (b0, b1, b2, b3), k, end) }
    }

    @inline(__always)
    private func add(
        _ sums: (Double, Double, Double, Double), _ row: Int, _ other: Int, _ otherEnd: Int, _ x: UnsafePointer<Float>,
        _ y: (UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>), _ rest: Int, _ end: Int
    ) {
        var totals = sums
        for k in rest..<end {
            let value = Double(x[k])
            totals.0 += value * Double(y.0[k])
            totals.1 += value * Double(y.1[k])
            totals.2 += value * Double(y.2[k])
            totals.3 += value * Double(y.3[k])
        }
        let place = target + row * rowsB + other
        place[0] += totals.0
        if other + 1 < otherEnd { place[1] += totals.1 }
        if other + 2 < otherEnd { place[2] += totals.2 }
        if other + 3 < otherEnd { place[3] += totals.3 }
    }

    /// Copies the upper triangle to the lower one, whose elements near the diagonal were computed too: both are the same sum.
    func mirror() {
        for row in 0..<rowsA {
            for other in 0..<row { target[row * rowsB + other] = target[other * rowsB + row] }
        }
    }
}

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
        let panels = (rowsB + panel - 1) / panel
        Parallel.forEach(panels, threads: threads) { index in
            let others = index * panel..<min((index + 1) * panel, rowsB)
            for top in stride(from: 0, to: rowsA, by: rowBlock) {
                for start in stride(from: 0, to: columns, by: run) {
                    job.accumulate(
                        rows: top..<min(top + rowBlock, rowsA), others: others, start: start, end: min(start + run, columns))
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

    func accumulate(rows: Range<Int>, others: Range<Int>, start: Int, end: Int) {
        for row in stride(from: rows.lowerBound, to: rows.upperBound, by: 3) {
            for other in stride(from: others.lowerBound, to: others.upperBound, by: 4) {
                tile(row, rows.upperBound, other, others.upperBound, start, end)
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

    private func tile(_ row: Int, _ rowEnd: Int, _ other: Int, _ otherEnd: Int, _ start: Int, _ end: Int) {
        let a0 = a + row * columns
        let a1 = a + min(row + 1, rowEnd - 1) * columns
        let a2 = a + min(row + 2, rowEnd - 1) * columns
        let b0 = b + other * columns
        let b1 = b + min(other + 1, otherEnd - 1) * columns
        let b2 = b + min(other + 2, otherEnd - 1) * columns
        let b3 = b + min(other + 3, otherEnd - 1) * columns
        var s00 = SIMD4<Double>.zero, s01 = s00, s02 = s00, s03 = s00
        var s10 = s00, s11 = s00, s12 = s00, s13 = s00
        var s20 = s00, s21 = s00, s22 = s00, s23 = s00
        var k = start
        while k + 4 <= end {
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
        add((sum(s00), sum(s01), sum(s02), sum(s03)), row, other, otherEnd, a0, (b0, b1, b2, b3), k, end)
        if row + 1 < rowEnd {
            add((sum(s10), sum(s11), sum(s12), sum(s13)), row + 1, other, otherEnd, a1, (b0, b1, b2, b3), k, end)
        }
        if row + 2 < rowEnd {
            add((sum(s20), sum(s21), sum(s22), sum(s23)), row + 2, other, otherEnd, a2, (b0, b1, b2, b3), k, end)
        }
    }

    @inline(__always)
    private func add(
        _ sums: (Double, Double, Double, Double), _ row: Int, _ other: Int, _ otherEnd: Int, _ x: UnsafePointer<Double>,
        _ y: (UnsafePointer<Double>, UnsafePointer<Double>, UnsafePointer<Double>, UnsafePointer<Double>), _ rest: Int, _ end: Int
    ) {
        var totals = sums
        for k in rest..<end {
            totals.0 += x[k] * y.0[k]
            totals.1 += x[k] * y.1[k]
            totals.2 += x[k] * y.2[k]
            totals.3 += x[k] * y.3[k]
        }
        let place = target + row * rowsB + other
        place[0] += totals.0
        if other + 1 < otherEnd { place[1] += totals.1 }
        if other + 2 < otherEnd { place[2] += totals.2 }
        if other + 3 < otherEnd { place[3] += totals.3 }
    }
}

extension DenseMatrix {
    /// The storage for writing in place. `body` must stay within `rows * columns` numbers.
    mutating func withMutableValues<Result>(_ body: (UnsafeMutablePointer<Scalar>) throws -> Result) rethrows -> Result {
        try values.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else {
                let empty = UnsafeMutablePointer<Scalar>.allocate(capacity: 1)
                defer { empty.deallocate() }
                return try body(empty)
            }
            return try body(base)
        }
    }
}
