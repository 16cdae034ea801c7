import Support

/// A row of words of four bytes each (upper left, upper right, lower left, lower right), blended bilinearly in Float and rounded
/// to even.
struct RowBlender: ~Copyable {
    /// A whole number of vectors.
    let width: Int
    /// After `blend`, the result is each word's lowest byte.
    let words: UnsafeMutablePointer<UInt32>
    /// The weights of the right and of the lower bytes.
    let across: UnsafeMutablePointer<Float>
    let down: UnsafeMutablePointer<Float>

    private let wordMemory: KernelMemory<UInt32>
    private let weightMemory: KernelMemory<Float>

    /// Room for at least `width` words, all zero.
    init(width: Int) {
        self.width = (width + 7) & ~7
        wordMemory = KernelMemory(repeating: 0, count: self.width)
        weightMemory = KernelMemory(repeating: 0, count: 2 * self.width)
        words = wordMemory.start
        across = weightMemory.start
        down = across + self.width
    }

    func blend() {
        for u in stride(from: 0, to: width, by: 8) {
            let word = UnsafeRawPointer(words + u).loadUnaligned(as: SIMD8<UInt32>.self)
            let fx = UnsafeRawPointer(across + u).loadUnaligned(as: SIMD8<Float>.self)
            let fy = UnsafeRawPointer(down + u).loadUnaligned(as: SIMD8<Float>.self)
            /// 2^23's bit pattern with a byte in its low bits is 2^23 plus that byte.
            @inline(__always) func byte(_ shift: UInt32) -> SIMD8<Float> {
                unsafeBitCast((word &>> shift) & 255 | 0x4B00_0000, to: SIMD8<Float>.self) - 0x1p23
            }
            let upper = byte(0) * (1 - fx) + byte(8) * fx
            let lower = byte(16) * (1 - fx) + byte(24) * fx
            let value = upper * (1 - fy) + lower * fy
            // 1.5 x 2^23: the sum is rounded to a whole number, ties to even, which stands in its low bits.
            let rounded = unsafeBitCast(value + 0x1.8p23, to: SIMD8<UInt32>.self)
            UnsafeMutableRawPointer(words + u).storeBytes(of: rounded, as: SIMD8<UInt32>.self)
        }
    }
}
