import Support

/// The inner loop of all transforms.
///
/// Everything reduces to one: two weighted sums over the same few rows of numbers. Down a column the rows are the plane's
/// own; along a row they are its even and odd samples, shifted. So both directions run over neighbouring numbers in SIMD
/// lanes, and nothing is read with a stride. Sums add their terms in the order of the taps, never fused: the same numbers on
/// every processor.
enum WaveletKernels<Lanes: WaveletLanes> {
    typealias S = Lanes.Scalar
    typealias Row = UnsafePointer<S>
    typealias Target = UnsafeMutablePointer<S>

    /// Where the two sums of a place go.
    struct Sink {
        enum Layout {
            /// Sum a of place i to first[i], sum b to second[i].
            case rows
            /// Sum a of place i to first[i / 2] when i is even, to first[i / 2 + offset] when odd; sum b to second likewise.
            case split
            /// Sum a of place i to first[2i], sum b to first[2i + 1].
            case merged
        }
        var first: Target
        var second: Target
        /// From the even samples' place to the odd ones', for `split`.
        var offset = 0
    }

    /// For i in 0..<count, the sums over t of rows[t][i] * weights0[t] and of rows[t][i] * weights1[t].
    ///
    /// Four vectors at a time, so that eight sums are under way while each waits for its last addition. What remains is done
    /// by vectors that end at `count` and repeat a part, so outputs must not overlap the rows; short rows number by number.
    @inline(__always)
    static func sumPair(
        _ layout: Sink.Layout, _ rows: UnsafePointer<Row>, _ taps: Int, _ weights0: Row, _ weights1: Row, _ sink: Sink, _ count: Int
    ) {
        let n = Lanes.count
        let even = count & ~1
        var i = 0
        while i + 4 * n <= count {
            var row = rows[0] + i
            var (v0, v1, v2, v3) = (Lanes.load(row), Lanes.load(row + n), Lanes.load(row + 2 * n), Lanes.load(row + 3 * n))
            var (w, z) = (weights0[0], weights1[0])
            var (a0, a1, a2, a3) = (Lanes.times(v0, w), Lanes.times(v1, w), Lanes.times(v2, w), Lanes.times(v3, w))
            var (b0, b1, b2, b3) = (Lanes.times(v0, z), Lanes.times(v1, z), Lanes.times(v2, z), Lanes.times(v3, z))
            var t = 1
            while t < taps {
                row = rows[t] + i
                (v0, v1, v2, v3) = (Lanes.load(row), Lanes.load(row + n), Lanes.load(row + 2 * n), Lanes.load(row + 3 * n))
                (w, z) = (weights0[t], weights1[t])
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
            put(layout, a0, a1, b0, b1, sink, i)
            put(layout, a2, a3, b2, b3, sink, i + 2 * n)
            i += 4 * n
        }
        if count >= 2 * n {
            while i < even {
                i = min(i, even - 2 * n)
                var (v0, v1) = (Lanes.load(rows[0] + i), Lanes.load(rows[0] + i + n))
                var (w, z) = (weights0[0], weights1[0])
                var (a0, a1) = (Lanes.times(v0, w), Lanes.times(v1, w))
                var (b0, b1) = (Lanes.times(v0, z), Lanes.times(v1, z))
                var t = 1
                while t < taps {
                    (v0, v1) = (Lanes.load(rows[t] + i), Lanes.load(rows[t] + i + n))
                    (w, z) = (weights0[t], weights1[t])
                    a0 = Lanes.sum(a0, Lanes.times(v0, w))
                    b0 = Lanes.sum(b0, Lanes.times(v0, z))
                    a1 = Lanes.sum(a1, Lanes.times(v1, w))
                    b1 = Lanes.sum(b1, Lanes.times(v1, z))
                    t += 1
                }
                put(layout, a0, a1, b0, b1, sink, i)
                i += 2 * n
            }
        }
        while i < count {
            let first = rows[0][i]
            var (a, b) = (first * weights0[0], first * weights1[0])
            var t = 1
            while t < taps {
                a += rows[t][i] * weights0[t]
                b += rows[t][i] * weights1[t]
                t += 1
            }
            switch layout {
            case .rows: (sink.first[i], sink.second[i]) = (a, b)
            case .split: (sink.first[i >> 1 + (i & 1) * sink.offset], sink.second[i >> 1 + (i & 1) * sink.offset]) = (a, b)
            case .merged: (sink.first[2 * i], sink.first[2 * i + 1]) = (a, b)
            }
            i += 1
        }
    }

    /// Two vectors of each sum, for the places from `i` on; `i` is even.
    @inline(__always)
    private static func put(
        _ layout: Sink.Layout, _ a0: Lanes.Vector, _ a1: Lanes.Vector, _ b0: Lanes.Vector, _ b1: Lanes.Vector, _ sink: Sink, _ i: Int
    ) {
        let n = Lanes.count
        switch layout {
        case .rows:
            Lanes.store(a0, sink.first + i)
            Lanes.store(a1, sink.first + i + n)
            Lanes.store(b0, sink.second + i)
            Lanes.store(b1, sink.second + i + n)
        case .split:
            let (a, b) = (Lanes.split(a0, a1), Lanes.split(b0, b1))
            Lanes.store(a.even, sink.first + i >> 1)
            Lanes.store(a.odd, sink.first + i >> 1 + sink.offset)
            Lanes.store(b.even, sink.second + i >> 1)
            Lanes.store(b.odd, sink.second + i >> 1 + sink.offset)
        case .merged:
            let (head, tail) = (Lanes.merge(a0, b0), Lanes.merge(a1, b1))
            Lanes.store(head.first, sink.first + 2 * i)
            Lanes.store(head.second, sink.first + 2 * i + n)
            Lanes.store(tail.first, sink.first + 2 * i + 2 * n)
            Lanes.store(tail.second, sink.first + 2 * i + 3 * n)
        }
    }

    /// Two new arrays of `count` numbers each, which `body` writes.
    static func twoArrays(_ count: Int, _ body: (Target, Target) -> Void) -> (low: [S], high: [S]) {
        var second: [S] = []
        let first = [S](writing: count) { a in
            second = [S](writing: count) { b in body(a, b) }
        }
        return (first, second)
    }
}
