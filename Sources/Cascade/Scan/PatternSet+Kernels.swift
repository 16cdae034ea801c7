extension PatternSet {
    /// All bits of a lane set where the set does not have the lane's pattern, none where it has.
    ///
    /// Bitwise operators on SIMD types are loops over their lanes in the standard library. On 16 bytes the optimiser leaves them
    /// scalar where their results are used lane by lane, and then does not recognise the shuffles. So they are spelled out on two
    /// 64-bit words, and indices pass through the addition, one instruction, of a zero that the optimiser cannot see.
    /// - Parameter zero: 0 in every lane, from memory.
    @inline(__always)
    func lacks(_ patterns: SIMD16<UInt8>, zero: SIMD16<UInt8>) -> SIMD16<UInt8> {
        let nibble: UInt64 = 0x0F0F_0F0F_0F0F_0F0F
        let halves = Words(patterns)
        let rows = Words(halves.first & nibble, halves.second & nibble).bytes &+ zero
        let bits = Words(halves.first &>> 4 & nibble, halves.second &>> 4 & nibble).bytes &+ zero
        let lowBits = SIMD16<UInt8>(1, 2, 4, 8, 16, 32, 64, 128, 0, 0, 0, 0, 0, 0, 0, 0)
        let highBits = SIMD16<UInt8>(0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128)
        let (a, b) = (Words(shuffled(low, rows)), Words(shuffled(lowBits, bits)))
        let (c, d) = (Words(shuffled(high, rows)), Words(shuffled(highBits, bits)))
        let found = Words(a.first & b.first | c.first & d.first, a.second & b.second | c.second & d.second).bytes
        // With its type written down: the generic operator is a loop, too.
        let isLacking: SIMDMask<SIMD16<Int8>> = found .== SIMD16<UInt8>(repeating: 0)
        return unsafeBitCast(isLacking, to: SIMD16<UInt8>.self)
    }
}

/// 16 bytes as two words.
private struct Words {
    let first: UInt64
    let second: UInt64

    @inline(__always)
    init(_ first: UInt64, _ second: UInt64) {
        self.first = first
        self.second = second
    }

    @inline(__always)
    init(_ bytes: SIMD16<UInt8>) {
        let words = unsafeBitCast(bytes, to: SIMD2<UInt64>.self)
        first = words[0]
        second = words[1]
    }

    @inline(__always)
    var bytes: SIMD16<UInt8> { unsafeBitCast(SIMD2(first, second), to: SIMD16<UInt8>.self) }
}

/// Lane i is the lane of `table` that `lanes` names in its lane i.
///
/// Spelled out over the vector's storage, whose subscript has no bounds check: the compiler then finds that it is one instruction
/// where there is one (pshufb). Bounds: every lane of `lanes` is below 16.
@inline(__always)
private func shuffled(_ table: SIMD16<UInt8>, _ lanes: SIMD16<UInt8>) -> SIMD16<UInt8> {
    let t = table._storage, i = lanes._storage
    return SIMD16(
        t[Int(i[0])], t[Int(i[1])], t[Int(i[2])], t[Int(i[3])], t[Int(i[4])], t[Int(i[5])], t[Int(i[6])], t[Int(i[7])], t[Int(i[8])],
        t[Int(i[9])], t[Int(i[10])], t[Int(i[11])], t[Int(i[12])], t[Int(i[13])], t[Int(i[14])], t[Int(i[15])])
}

/// Bit i of the result is set where lane i has all bits set; the other lanes have none.
@inline(__always)
func bitMask(_ lanes: SIMD16<UInt8>) -> UInt32 {
    // The product moves the lowest bits of 8 bytes side by side into the highest byte.
    @inline(__always) func eight(_ word: UInt64) -> UInt32 {
        UInt32(truncatingIfNeeded: ((word & 0x0101_0101_0101_0101) &* 0x0102_0408_1020_4080) &>> 56)
    }
    let words = Words(lanes)
    return eight(words.first) | eight(words.second) &<< 8
}

/// The low bytes of 16 lanes.
@inline(__always)
func lowBytes(_ v: SIMD16<Int16>) -> SIMD16<UInt8> {
    let a = unsafeBitCast(v.lowHalf, to: SIMD16<UInt8>.self), b = unsafeBitCast(v.highHalf, to: SIMD16<UInt8>.self)
    return SIMD16(a[0], a[2], a[4], a[6], a[8], a[10], a[12], a[14], b[0], b[2], b[4], b[6], b[8], b[10], b[12], b[14])
}
