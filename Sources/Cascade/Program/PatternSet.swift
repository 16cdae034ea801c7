/// A set of 8-bit patterns, laid out for looking up 16 patterns at once.
///
/// The 256 bits stand in 16 rows of 16: the pattern's low half chooses the row, the high half the bit. A row's two bytes are kept
/// in two vectors, so that choosing 16 rows is two byte shuffles.
struct PatternSet: Sendable, Equatable {
    /// Of each row, the bits 0 to 7 and 8 to 15.
    private(set) var low = SIMD16<UInt8>(repeating: 0)
    private(set) var high = SIMD16<UInt8>(repeating: 0)

    init(_ contains: (Int) -> Bool) {
        for pattern in 0..<256 where contains(pattern) {
            let bit: UInt8 = 1 << UInt8(pattern >> 4 & 7)
            if pattern < 128 { low[pattern & 15] |= bit } else { high[pattern & 15] |= bit }
        }
    }
}
