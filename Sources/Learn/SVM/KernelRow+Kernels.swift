/// Inner products of one row with all rows, in the order of summation of ``FloatProducts``: the same numbers to the last bit.
///
/// That kernel works on tiles of 3 x 4 rows and would do most of its work for nothing here.
enum KernelRow {
    /// Columns summed in single precision before they are added up in double; as in `FloatProducts`.
    private static let run = 256

    /// - Precondition: `target` has room for a number a row.
    static func products(of index: Int, with rows: Matrix, into target: UnsafeMutablePointer<Double>) {
        let columns = rows.columns
        rows.values.withUnsafeBufferPointer { values in
            guard let base = values.baseAddress else { return }
            let own = base + index * columns
            for first in stride(from: 0, to: rows.rows, by: 4) {
                // Bounds: at the end the last row is repeated instead of reading past it.
                let last = rows.rows - 1
                let r0 = base + first * columns
                let r1 = base + min(first + 1, last) * columns
                let r2 = base + min(first + 2, last) * columns
                let r3 = base + min(first + 3, last) * columns
                var (t0, t1, t2, t3) = (0.0, 0.0, 0.0, 0.0)
                for start in stride(from: 0, to: columns, by: run) {
                    let end = min(start + run, columns)
                    var (s0, s1, s2, s3) = (SIMD8<Float>.zero, SIMD8<Float>.zero, SIMD8<Float>.zero, SIMD8<Float>.zero)
                    var k = start
                    while k + 8 <= end {
                        let x = vector(own, k)
                        s0 += x * vector(r0, k)
                        s1 += x * vector(r1, k)
                        s2 += x * vector(r2, k)
                        s3 += x * vector(r3, k)
                        k += 8
                    }
                    var (p0, p1, p2, p3) = (sum(s0), sum(s1), sum(s2), sum(s3))
                    for rest in k..<end {
                        let x = Double(own[rest])
                        p0 += x * Double(r0[rest])
                        p1 += x * Double(r1[rest])
                        p2 += x * Double(r2[rest])
                        p3 += x * Double(r3[rest])
                    }
                    t0 += p0
                    t1 += p1
                    t2 += p2
                    t3 += p3
                }
                target[first] = t0
                if first + 1 <= last { target[first + 1] = t1 }
                if first + 2 <= last { target[first + 2] = t2 }
                if first + 3 <= last { target[first + 3] = t3 }
            }
        }
    }

    @inline(__always)
    private static func vector(_ pointer: UnsafePointer<Float>, _ offset: Int) -> SIMD8<Float> {
        UnsafeRawPointer(pointer + offset).loadUnaligned(as: SIMD8<Float>.self)
    }

    @inline(__always)
    private static func sum(_ v: SIMD8<Float>) -> Double {
        let four = v.lowHalf + v.highHalf
        let two = four.lowHalf + four.highHalf
        return Double(two.x + two.y)
    }
}
