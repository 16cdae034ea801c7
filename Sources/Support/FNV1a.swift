/// The FNV-1a hash of bytes, in 64 bits: tells versions of one thing apart and protects nothing.
///
/// Source: Fowler, Noll and Vo; RFC 9923.
package struct FNV1a: Sendable {
    /// The hash of what was added so far.
    package private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    /// The hash of nothing.
    package init() {}

    /// The hash of `bytes`.
    package static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
        var hash = Self()
        for byte in bytes { hash.add(byte) }
        return hash.value
    }

    /// Goes on with one byte.
    @inline(__always)
    package mutating func add(_ byte: UInt8) {
        value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    }
}
