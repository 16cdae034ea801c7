/// The 16 lanes of a block as two vectors of 8.
struct Lanes16 {
    var low: SIMD8<Float>
    var high: SIMD8<Float>

    @inline(__always)
    init(_ low: SIMD8<Float>, _ high: SIMD8<Float>) {
        self.low = low
        self.high = high
    }

    @inline(__always)
    init(_ place: UnsafePointer<Float>) {
        let raw = UnsafeRawPointer(place)
        low = raw.loadUnaligned(as: SIMD8<Float>.self)
        high = (raw + 32).loadUnaligned(as: SIMD8<Float>.self)
    }

    /// Bit i is set where lane i is below `bound`.
    @inline(__always)
    func bits(below bound: Float) -> UInt32 {
        bitMask(mask(low .< bound), mask(high .< bound))
    }
}

/// Per lane, all bits set where a comparison holds, none elsewhere. Plain integers instead of a SIMDMask: combining those that
/// come from memory is compiled lane by lane.
typealias Mask8 = SIMD8<Int32>

struct Mask16 {
    var low: Mask8
    var high: Mask8
}

@inline(__always)
func mask(_ comparison: SIMDMask<SIMD8<Int32>>) -> Mask8 {
    unsafeBitCast(comparison, to: SIMD8<Int32>.self)
}

/// Bit i of the result is lane i.
@inline(__always)
func bitMask(_ lanes: Mask8) -> UInt32 {
    let a = lanes & SIMD8<Int32>(1, 2, 4, 8, 16, 32, 64, 128)
    let b = a.lowHalf | a.highHalf
    let c = b.lowHalf | b.highHalf
    return UInt32(bitPattern: c[0] | c[1])
}

/// Bit i of the result is lane i of the 16 in the two masks.
@inline(__always)
func bitMask(_ low: Mask8, _ high: Mask8) -> UInt32 {
    let a = low & SIMD8<Int32>(1, 2, 4, 8, 16, 32, 64, 128)
    let b = high & SIMD8<Int32>(256, 512, 1024, 2048, 4096, 8192, 16384, 32768)
    let c = a | b
    let d = c.lowHalf | c.highHalf
    let e = d.lowHalf | d.highHalf
    return UInt32(bitPattern: e[0] | e[1])
}

/// `value` where the mask is set, 0 elsewhere.
@inline(__always)
func select(_ value: SIMD8<Float>, _ mask: Mask8) -> SIMD8<Float> {
    unsafeBitCast(unsafeBitCast(value, to: SIMD8<Int32>.self) & mask, to: SIMD8<Float>.self)
}

@inline(__always)
func select(_ value: Float, _ mask: Mask8) -> SIMD8<Float> {
    select(SIMD8<Float>(repeating: value), mask)
}

/// 8 whole numbers as Floats; spelled out, because the standard library's conversion becomes a call.
@inline(__always)
func floats(_ v: SIMD8<Int32>) -> SIMD8<Float> {
    SIMD8(Float(v[0]), Float(v[1]), Float(v[2]), Float(v[3]), Float(v[4]), Float(v[5]), Float(v[6]), Float(v[7]))
}

/// 16 whole numbers as Floats.
@inline(__always)
func floats(_ v: SIMD16<Int16>) -> Lanes16 {
    @inline(__always) func widened(_ h: SIMD8<Int16>) -> SIMD8<Float> {
        floats(SIMD8<Int32>(Int32(h[0]), Int32(h[1]), Int32(h[2]), Int32(h[3]), Int32(h[4]), Int32(h[5]), Int32(h[6]), Int32(h[7])))
    }
    return Lanes16(widened(v.lowHalf), widened(v.highHalf))
}
