/// x = near - far, divided by twice the mean of |x|, as gray levels 127.5 (1 + x / (1 + |x|)) rounded to even.
///
/// Unchecked reads: both planes have one size.
func softLevels(ofDifference near: NumberPlane<Float>, _ far: NumberPlane<Float>) -> Gray {
    let count = near.values.count
    let pixels = [UInt8](unsafeUninitializedCapacity: count) { levels, initialized in
        near.values.withUnsafeBufferPointer { near in
            far.values.withUnsafeBufferPointer { far in
                let mean = meanDistance(near.baseAddress!, far.baseAddress!, count)
                // Rounding alone stays far below 1e-6, one gray level in a thousand pixels does not.
                let scale = mean > 1e-6 ? 0.5 / mean : 0
                for i in 0..<count {
                    let x = (near[i] - far[i]) * scale
                    let level = 127.5 + 127.5 * (x / (1 + abs(x)))
                    // 1.5 x 2^23: the sum's low bits are the level, rounded to even.
                    levels[i] = UInt8(truncatingIfNeeded: (level + 12_582_912).bitPattern)
                }
            }
        }
        initialized = count
    }
    return Gray(width: near.columns, height: near.rows, pixels: pixels)
}

/// The mean of |a - b|, added in eight lanes in a fixed order: the same on every processor.
private func meanDistance(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int) -> Float {
    var sums = SIMD8<Float>.zero
    var i = 0
    while i + 8 <= count {
        let distance =
            UnsafeRawPointer(a + i).loadUnaligned(as: SIMD8<Float>.self) - UnsafeRawPointer(b + i).loadUnaligned(as: SIMD8<Float>.self)
        sums += distance.replacing(with: -distance, where: distance .< 0)
        i += 8
    }
    var sum = sums.sum()
    while i < count {
        sum += abs(a[i] - b[i])
        i += 1
    }
    return sum / Float(count)
}
