/// The inner loops of all transforms.
///
/// Everything reduces to one: two weighted sums over the same few rows of numbers. Down a column the rows are the plane's
/// own; along a row they are its even and odd samples, shifted. So both directions run over neighbouring numbers in SIMD
/// lanes, and nothing is read with a stride. Sums add their terms in the order of the taps, never fused: the same numbers on
/// every processor.
enum WaveletKernels<Lanes: WaveletLanes> {
    typealias S = Lanes.Scalar
    typealias Row = UnsafePointer<S>

    /// out0[i] = sum over t of rows[t][i] * weights0[t], out1 the same with weights1, for i in 0..<count.
    ///
    /// Four vectors at a time, so that eight sums are under way while each waits for its last addition. A remainder shorter
    /// than a vector is done by one more vector that ends at `count` and repeats a part; outputs must not overlap the rows.
    @inline(__always)
    static func sumPair(
        _ rows: UnsafePointer<Row>, _ taps: Int, _ weights0: UnsafePointer<S>, _ weights1: UnsafePointer<S>,
        _ out0: UnsafeMutablePointer<S>, _ out1: UnsafeMutablePointer<S>, _ count: Int
    ) {
        let n = Lanes.count
        var i = 0
        while i + 4 * n <= count {
            var row = rows[0] + i
            var (v0, v1, v2, v3) = (Lanes.load(row), Lanes.load(row + n), Lanes.load(row + 2 * n), Lanes.load(row + 3 * n))
            var (a0, a1, a2, a3) = (
                Lanes.times(v0, weights0[0]), Lanes.times(v1, weights0[0]), Lanes.times(v2, weights0[0]), Lanes.times(v3, weights0[0])
            )
            var (b0, b1, b2, b3) = (
                Lanes.times(v0, weights1[0]), Lanes.times(v1, weights1[0]), Lanes.times(v2, weights1[0]), Lanes.times(v3, weights1[0])
            )
            var t = 1
            while t < taps {
                row = rows[t] + i
                (v0, v1, v2, v3) = (Lanes.load(row), Lanes.load(row + n), Lanes.load(row + 2 * n), Lanes.load(row + 3 * n))
                let (w, z) = (weights0[t], weights1[t])
                a0 = Lanes.sum(a0, Lanes.times(v0, w))
                b0 = Lanes.sum(b0, Lanes.times(v0, z))
                a1 = Lanes.sum(a1, Lanes.times(v1, w))
                b1 = Lanes.sum(b1, Lanes.times(v1, z))
                a2 = Lanes.sum(a2, Lanes.times(v2, w))
                b2 = Lanes.sum(b2, Lanes.times(v2, z))
                a3 = Lanes.sum(a3, Lanes.times(v3, w))
                b3 = Lanes.sum(b3, Lanes.times(v3, z))
                t += 1
            }
            Lanes.store(a0, out0 + i)
            Lanes.store(a1, out0 + i + n)
            Lanes.store(a2, out0 + i + 2 * n)
            Lanes.store(a3, out0 + i + 3 * n)
            Lanes.store(b0, out1 + i)
            Lanes.store(b1, out1 + i + n)
            Lanes.store(b2, out1 + i + 2 * n)
            Lanes.store(b3, out1 + i + 3 * n)
            i += 4 * n
        }
        if count >= n {
            while i < count {
                i = min(i, count - n)
                var v = Lanes.load(rows[0] + i)
                var (a, b) = (Lanes.times(v, weights0[0]), Lanes.times(v, weights1[0]))
                var t = 1
                while t < taps {
                    v = Lanes.load(rows[t] + i)
                    a = Lanes.sum(a, Lanes.times(v, weights0[t]))
                    b = Lanes.sum(b, Lanes.times(v, weights1[t]))
                    t += 1
                }
                Lanes.store(a, out0 + i)
                Lanes.store(b, out1 + i)
                i += n
            }
        } else {
            while i < count {
                var (a, b) = (rows[0][i] * weights0[0], rows[0][i] * weights1[0])
                var t = 1
                while t < taps {
                    a += rows[t][i] * weights0[t]
                    b += rows[t][i] * weights1[t]
                    t += 1
                }
                out0[i] = a
                out1[i] = b
                i += 1
            }
        }
    }

    /// even[i] = line[2i], odd[i] = line[2i + 1] for i in 0..<pairs.
    @inline(__always)
    static func split(_ line: Row, _ even: UnsafeMutablePointer<S>, _ odd: UnsafeMutablePointer<S>, _ pairs: Int) {
        let n = Lanes.count
        var i = 0
        while i + n <= pairs {
            let both = Lanes.split(Lanes.load(line + 2 * i), Lanes.load(line + 2 * i + n))
            Lanes.store(both.even, even + i)
            Lanes.store(both.odd, odd + i)
            i += n
        }
        while i < pairs {
            even[i] = line[2 * i]
            odd[i] = line[2 * i + 1]
            i += 1
        }
    }

    /// line[2i] = even[i], line[2i + 1] = odd[i] for i in 0..<pairs.
    @inline(__always)
    static func merge(_ even: Row, _ odd: Row, _ line: UnsafeMutablePointer<S>, _ pairs: Int) {
        let n = Lanes.count
        var i = 0
        while i + n <= pairs {
            let both = Lanes.merge(Lanes.load(even + i), Lanes.load(odd + i))
            Lanes.store(both.first, line + 2 * i)
            Lanes.store(both.second, line + 2 * i + n)
            i += n
        }
        while i < pairs {
            line[2 * i] = even[i]
            line[2 * i + 1] = odd[i]
            i += 1
        }
    }

    /// Fills the places of `line` outside its signal, which begins at `lead`.
    @inline(__always)
    static func fillBorder(_ line: UnsafeMutablePointer<S>, _ lead: Int, _ border: ExtendedBorder<S>) {
        border.samples.withUnsafeBufferPointer { samples in
            if border.isCopiesOnly {
                for s in samples { line[s.position] = line[lead + s.first] }
            } else {
                for s in samples {
                    var value = s.isZero ? 0 : line[lead + s.first] * s.firstWeight
                    for other in s.others { value += line[lead + other.index] * other.weight }
                    line[s.position] = value
                }
            }
        }
    }
}
