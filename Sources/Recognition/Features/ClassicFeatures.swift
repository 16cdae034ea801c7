import Imaging

/// The 4,096 features of the classic recipe.
///
/// 32x32 colour pixels (3,072 bytes, row-major, interleaved blue, green, red), then the 32x32 wavelet detail plane (1,024
/// bytes, row-major). Both are `resizedLinear(to:)` of, respectively, the crop and `classicWaveletPlane(of:)`.
public enum ClassicFeatures {
    /// The side of both square pictures, in pixels.
    public static let side = 32
    /// The number of features: 3 x 32 x 32 + 32 x 32.
    public static let count = 4 * side * side

    /// The features of one face crop.
    /// - Complexity: O(crop pixels).
    public static func vector(of crop: Image) -> [UInt8] {
        let size = Size(width: side, height: side)
        var features: [UInt8] = []
        features.reserveCapacity(count)
        let small = crop.resizedLinear(to: size).pixels
        for pixel in stride(from: 0, to: small.count, by: 3) {
            features.append(small[pixel + 2])
            features.append(small[pixel + 1])
            features.append(small[pixel])
        }
        features.append(contentsOf: classicWaveletPlane(of: crop).resizedLinear(to: size).pixels)
        return features
    }
}
