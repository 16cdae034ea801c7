/// An extended line kept as its even and its odd samples, the rows that the taps read in it, and its borders.
///
/// Tap j of output k reads extended sample 2k + L - 1 - j, which stands in the even or odd half at (L - 1 - j) / 2 + k: every
/// tap reads a plain row.
struct SplitLine<S: WaveletScalar> {
    /// An extended sample outside the signal: its place, and the places and weights of what it is made of.
    private struct Border {
        var place: Int
        var count: Int
        var isLine: Bool
        var sources: (Int, Int, Int)
        var weights: (S, S, S)
    }

    private let base: UnsafeMutablePointer<S>
    /// The numbers of one half.
    private let half: Int
    private let lead: Int
    private let borders: [Border]
    private let isCopiesOnly: Bool
    /// One row for each tap.
    let rows: [UnsafePointer<S>]

    /// Numbers of scratch memory that a line of this axis takes.
    static func size(_ axis: AnalysisAxis) -> Int { axis.extendedCount }

    init(_ axis: AnalysisAxis, at base: UnsafeMutablePointer<S>) {
        self.base = base
        let half = axis.extendedCount / 2
        self.half = half
        lead = axis.lead
        func place(_ position: Int) -> Int { position >> 1 + (position & 1) * half }
        borders = axis.border.map { border in
            let (indices, weights) = (border.sample.indices, border.sample.weights)
            return Border(
                place: place(border.position), count: border.sample.count, isLine: border.sample.isLine,
                sources: (place(axis.lead + indices.0), place(axis.lead + indices.1), place(axis.lead + indices.2)),
                weights: (S(weights.0), S(weights.1), S(weights.2)))
        }
        isCopiesOnly = axis.border.allSatisfy(\.sample.isCopy)
        rows = (0..<axis.filterLength).map { UnsafePointer(base + place(axis.filterLength - 1 - $0)) }
    }

    /// Where the signal's first sample stands, and how far from it to the second (the same distance less one later on).
    var first: UnsafeMutablePointer<S> { base + lead >> 1 + (lead & 1) * half }
    var second: UnsafeMutablePointer<S> { base + (lead + 1) >> 1 + ((lead + 1) & 1) * half }

    /// Fills the extended samples outside the signal, once the signal is in place.
    @inline(__always)
    func fillBorders() {
        borders.withUnsafeBufferPointer { borders in
            if isCopiesOnly {
                for b in borders { base[b.place] = base[b.sources.0] }
                return
            }
            for b in borders {
                var value: S = 0
                if b.count > 0 { value = base[b.sources.0] * b.weights.0 }
                if b.count > 1 {
                    let second = base[b.sources.1]
                    value += (b.isLine ? base[b.sources.0] - second : second) * b.weights.1
                }
                if b.count > 2 { value += base[b.sources.2] * b.weights.2 }
                base[b.place] = value
            }
        }
    }
}
