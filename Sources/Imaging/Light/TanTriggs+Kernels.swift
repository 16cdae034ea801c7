/// |x|^exponent of each number.
///
/// Powers and hyperbolic tangents are computed in SIMD lanes from the same few additions and multiplications on every
/// processor, to 1e-12 of their size.
func powers(ofSizes x: [Double], exponent: Double) -> [Double] {
    mapInLanes(x) { value in
        let size = value.replacing(with: -value, where: value .< 0)
        return exp2(exponent * log2(size)).replacing(with: 0, where: size .< 0x1p-1000)
    }
}

/// limit tanh(x / scale) of each number.
func hyperbolicTangents(_ x: [Double], scale: Double, limit: Double) -> [Double] {
    mapInLanes(x) { value in
        let z = value / scale
        let size = z.replacing(with: -z, where: z .< 0)
        // tanh |z| = (1 - e) / (1 + e) with e = exp(-2 |z|); beyond 20 it is 1 in Double.
        let capped = size.replacing(with: 20, where: size .> 20)
        let e = exp2(-2 * 1.4426950408889634 * capped)
        let tangent = limit * (1 - e) / (1 + e)
        return tangent.replacing(with: -tangent, where: z .< 0)
    }
}

@inline(__always)
private func mapInLanes(_ values: [Double], _ body: (SIMD4<Double>) -> SIMD4<Double>) -> [Double] {
    [Double](unsafeUninitializedCapacity: values.count) { target, initialized in
        values.withUnsafeBufferPointer { values in
            var i = 0
            while i + 4 <= values.count {
                let value = UnsafeRawPointer(values.baseAddress! + i).loadUnaligned(as: SIMD4<Double>.self)
                UnsafeMutableRawPointer(target.baseAddress! + i).storeBytes(of: body(value), as: SIMD4<Double>.self)
                i += 4
            }
            while i < values.count {
                target[i] = body(SIMD4(repeating: values[i]))[0]
                i += 1
            }
        }
        initialized = values.count
    }
}

/// 2^t for -1000 < t < 1000: the whole part goes into the exponent, the rest through the series of exp(t ln 2) to the tenth
/// power, whose next term is below 3e-13.
@inline(__always)
private func exp2(_ t: SIMD4<Double>) -> SIMD4<Double> {
    let low = t.replacing(with: -1000, where: t .< -1000)
    // 1.5 x 2^52: the sum's low bits are the whole part.
    let shifted = low + 0x1.8p52
    let u = (low - (shifted - 0x1.8p52)) * 0.6931471805599453
    var series = SIMD4<Double>(repeating: 1 / 3628800.0)
    for factorial in [362880.0, 40320, 5040, 720, 120, 24, 6, 2, 1, 1] { series = series * u + 1 / factorial }
    let bits = unsafeBitCast(series, to: SIMD4<UInt64>.self) &+ unsafeBitCast(shifted, to: SIMD4<UInt64>.self) &<< 52
    return unsafeBitCast(bits, to: SIMD4<Double>.self)
}

/// The logarithm to base 2 of normal numbers: with x = m 2^k and m from sqrt(1/2) to sqrt(2), k + 2 atanh((m - 1) / (m + 1)) /
/// ln 2, by the series of the inverse hyperbolic tangent to the fifteenth power, whose next term is below 6e-15.
@inline(__always)
private func log2(_ x: SIMD4<Double>) -> SIMD4<Double> {
    let bits = unsafeBitCast(x, to: SIMD4<UInt64>.self)
    // The bits of sqrt(1/2) are taken off, so that the exponent changes there; 1023 keeps it positive.
    let exponent = (bits &- 0x3FE6_A09E_667F_3BCD &+ 0x3FF0_0000_0000_0000) &>> 52
    let m = unsafeBitCast(bits &- (exponent &- 1023) &<< 52, to: SIMD4<Double>.self)
    // 2^52's bit pattern with a whole number in its low bits is 2^52 plus that number.
    let k = unsafeBitCast(exponent | 0x4330_0000_0000_0000, to: SIMD4<Double>.self) - (0x1p52 + 1023)
    let s = (m - 1) / (m + 1)
    let square = s * s
    var series = SIMD4<Double>(repeating: 1 / 15.0)
    for order in [13.0, 11, 9, 7, 5, 3, 1] { series = series * square + 1 / order }
    return k + 2 * 1.4426950408889634 * s * series
}
