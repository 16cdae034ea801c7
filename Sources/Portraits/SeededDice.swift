import Support

/// A stream of random numbers from a seed.
///
/// Every number is made with integer arithmetic and exact IEEE operations only, so a seed draws the same portrait on every processor.
struct SeededDice: Sendable {
    private var generator: SplitMix64

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    /// An independent stream for each combination of `keys`.
    init(seed: UInt64, keys: UInt64...) {
        generator = SplitMix64(seed: seed)
        for key in keys {
            generator = SplitMix64(seed: generator.next() ^ (key &* 0xd1b5_4a32_d192_ed03))
        }
        generator = SplitMix64(seed: generator.next())
    }

    mutating func next() -> UInt64 { generator.next() }

    /// Uniform in [0, 1), a multiple of 2^-24.
    mutating func unit() -> Float { Float(next() >> 40) * 0x1p-24 }

    mutating func uniform(_ low: Float, _ high: Float) -> Float { low + (high - low) * unit() }

    /// Bell-shaped around 0 with standard deviation `spread`: the sum of four uniform numbers, so never beyond 3.47 spreads.
    mutating func bell(_ spread: Float) -> Float {
        let sum = (unit() + unit()) + (unit() + unit())
        return (sum - 2) * 1.7320508 * spread
    }

    mutating func chance(_ probability: Float) -> Bool { unit() < probability }

    /// Uniform in 0 ..< count; the bias of the product is below count / 2^32.
    mutating func index(_ count: Int) -> Int { Int(((next() >> 32) &* UInt64(count)) >> 32) }

    mutating func pick<T>(_ items: [T]) -> T { items[index(items.count)] }
}
