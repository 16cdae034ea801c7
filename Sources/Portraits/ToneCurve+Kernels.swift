/// Light to display value as a table: a square root (the inverse of `Colour`'s square), with highlights that roll off towards white.
///
/// display = 255 sqrt(L (1 + 0.09 L) / (1 + 0.18 L)). The table is indexed by the exponent and the first 8 bits of the mantissa of L, so
/// neighbouring entries differ by a relative 2^-9 in display value, half a level at most: below any grain, and faster than a square root
/// for each channel.
struct ToneCurve: Sendable {
    private static let droppedBits: UInt32 = 15
    /// Below this light everything is black.
    private static let darkest: Float = 0x1p-18
    private static let first = darkest.bitPattern >> droppedBits
    private static let last = Float(8).bitPattern >> droppedBits

    private let table: [Float]

    static let standard = ToneCurve()

    private init() {
        table = (ToneCurve.first...ToneCurve.last).map { key in
            // The middle of the entry's range.
            let light = Float(bitPattern: (key << ToneCurve.droppedBits) | (1 << (ToneCurve.droppedBits - 1)))
            return 255 * (light * (1 + light * 0.09) / (1 + light * 0.18)).squareRoot()
        }
    }

    /// Calls `body` with a function from light (not negative) to display value.
    @inline(__always)
    func withLookup(_ body: ((Float) -> Float) -> Void) {
        table.withUnsafeBufferPointer { table in
            let count = table.count
            // Bit patterns of floats that are not negative are in the order of the floats; the clamp keeps every index inside.
            body { light in table[max(0, min(count - 1, Int(light.bitPattern >> ToneCurve.droppedBits) - Int(ToneCurve.first)))] }
        }
    }
}
