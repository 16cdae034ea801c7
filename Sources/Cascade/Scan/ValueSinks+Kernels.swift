/// What the searches of blocks and of gathered windows do with feature values.

/// Adds each stump's difference of leaves where its comparison holds.
struct StumpSums16: ValueSink {
    var sums: Lanes16
    let norms: Lanes16

    @inline(__always)
    mutating func take(_ node: UnsafePointer<BoundNode>, _ value: SIMD16<Int16>) {
        let values = floats(value)
        sums.low += select(node.pointee.gain, mask(values.low * norms.low .< node.pointee.threshold))
        sums.high += select(node.pointee.gain, mask(values.high * norms.high .< node.pointee.threshold))
    }
}

struct StumpSums8: ValueSink {
    var sums: SIMD8<Float>
    let norms: SIMD8<Float>

    @inline(__always)
    mutating func take(_ node: UnsafePointer<BoundNode>, _ value: SIMD8<Int32>) {
        sums += select(node.pointee.gain, mask(floats(value) * norms .< node.pointee.threshold))
    }
}

/// Notes each node's comparison under its slot.
struct Comparisons16: ValueSink {
    let masks: UnsafeMutablePointer<Mask16>
    let norms: Lanes16

    @inline(__always)
    mutating func take(_ node: UnsafePointer<BoundNode>, _ value: SIMD16<Int16>) {
        let values = floats(value), threshold = node.pointee.threshold
        masks[Int(node.pointee.slot)] = Mask16(
            low: mask(values.low * norms.low .< threshold), high: mask(values.high * norms.high .< threshold))
    }
}

struct Comparisons8: ValueSink {
    /// Two for each slot, of which this one's is the first.
    let halves: UnsafeMutablePointer<Mask8>
    let norms: SIMD8<Float>

    @inline(__always)
    mutating func take(_ node: UnsafePointer<BoundNode>, _ value: SIMD8<Int32>) {
        halves[2 * Int(node.pointee.slot)] = mask(floats(value) * norms .< node.pointee.threshold)
    }
}
