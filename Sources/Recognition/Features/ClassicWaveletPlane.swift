import Imaging

/// The wavelet detail picture of a face crop, number for number as the well-known Python pipeline makes it with
/// OpenCV 4.14 and PyWavelets 1.9.
///
/// 1. Gray with red's and blue's weights exchanged (that pipeline hands B, G, R pixels to `COLOR_RGB2GRAY`), divided by 255 in Float.
/// 2. Five levels of the Haar transform (symmetric mode: an odd length repeats its last sample), vertical before horizontal,
///    the coarsest approximation set to zero, and back, horizontal before vertical. Every product and every sum is rounded
///    to Float, none fused.
/// 3. Times 255, truncated toward zero, and the integer's low eight bits kept: -1 becomes 255, 256 becomes 0.
///
/// A level with an odd side gives one row or column back too many; it is dropped everywhere except at the finest level, so
/// the plane is 2 * ceil(width / 2) by 2 * ceil(height / 2).
/// - Complexity: O(pixels).
public func classicWaveletPlane(of crop: Image) -> Gray {
    let gray = crop.weightedGray(red: 3735, green: 19235, blue: 9798)
    let transform = WaveletTransform2D(.haar)
    let plane = NumberPlane<Float>(rows: gray.height, columns: gray.width, values: gray.pixels.map { Float($0) / 255 })
    do {
        var parts = try transform.decompose(plane, levels: 5)
        parts.approximation = parts.approximation.map { _ in 0 }
        let detail = try transform.reconstructPadded(parts)
        return Gray(width: detail.columns, height: detail.rows, pixels: detail.values.map { wrappedByte($0 * 255) })
    } catch {
        // An image has at least one pixel and the symmetric mode takes any length.
        preconditionFailure("the classic wavelet plane of \(crop.size): \(error)")
    }
}

/// The low eight bits of a number truncated toward zero.
///
/// Adding 1.5 * 2^23 to an integer of less than 2^22 puts that integer, in two's complement, in the low bits of the sum's
/// pattern: the same on every processor, and nothing can trap.
@inline(__always)
func wrappedByte(_ value: Float) -> UInt8 {
    UInt8(truncatingIfNeeded: (value.rounded(.towardZero) + 12_582_912).bitPattern)
}
