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
        bitMask(low .< bound, high .< bound)
    }
}

/// Bit i of the result is lane i of the 16 in the two masks.
@inline(__always)
func bitMask(_ low: SIMDMask<SIMD8<Int32>>, _ high: SIMDMask<SIMD8<Int32>>) -> UInt32 {
    let a = unsafeBitCast(low, to: SIMD8<Int32>.self) & SIMD8<Int32>(1, 2, 4, 8, 16, 32, 64, 128)
    let b = unsafeBitCast(high, to: SIMD8<Int32>.self) & SIMD8<Int32>(256, 512, 1024, 2048, 4096, 8192, 16384, 32768)
    let c = a | b
    let d = c.lowHalf | c.highHalf
    let e = d.lowHalf | d.highHalf
    return UInt32(bitPattern: e[0] | e[1])
}

/// `value` where the mask is set, 0 elsewhere.
@inline(__always)
func select(_ value: SIMD8<Float>, _ mask: SIMDMask<SIMD8<Int32>>) -> SIMD8<Float> {
    SIMD8<Float>(repeating: 0).replacing(with: value, where: mask)
}

/// 16 whole numbers as Floats.
@inline(__always)
func floats(_ v: SIMD16<Int16>) -> Lanes16 {
    @inline(__always) func widened(_ h: SIMD8<Int16>) -> SIMD8<Float> {
        SIMD8<Float>(
            SIMD8<Int32>(
                Int32(h[0]), Int32(h[1]), Int32(h[2]), Int32(h[3]), Int32(h[4]), Int32(h[5]), Int32(h[6]), Int32(h[7])))
    }
    return Lanes16(widened(v.lowHalf), widened(v.highHalf))
}
