/// Removal of white noise by shrinking each detail band with its own threshold (BayesShrink).
///
/// With noise of standard deviation s, a band whose values have mean square m gets the threshold
/// s^2 / sqrt(max(m - s^2, machine epsilon)): about the best soft threshold for generalised Gaussian coefficients.
/// Source: S. Grace Chang, Bin Yu, Martin Vetterli, "Adaptive wavelet thresholding for image denoising and compression",
/// IEEE Transactions on Image Processing 9(9), 2000.
public struct BayesShrink: Hashable, Sendable {
    /// The transform whose detail bands are shrunk.
    public var transform: WaveletTransform2D
    /// How coefficients are shrunk.
    public var threshold: WaveletThreshold
    /// By default the largest useful level less three, at least one.
    public var levels: Int?

    /// A denoiser; see the members.
    public init(_ transform: WaveletTransform2D, threshold: WaveletThreshold = .soft, levels: Int? = nil) {
        self.transform = transform
        self.threshold = threshold
        self.levels = levels
    }

    /// The noise's standard deviation from the finest diagonal band: median(|d|) / 0.6744897501960817 over its values that are
    /// not zero (zeros come from masked parts), the latter being the third quartile of the normal distribution.
    public static func noise<T: WaveletScalar>(in diagonal: NumberPlane<T>) -> T {
        let sizes = diagonal.values.filter { $0 != 0 }.map { abs($0) }.sorted()
        guard !sizes.isEmpty else { return 0 }
        let middle = sizes.count / 2
        let median = sizes.count.isMultiple(of: 2) ? (sizes[middle - 1] + sizes[middle]) / 2 : sizes[middle]
        return median / T(0.6744897501960817)
    }

    /// The threshold of one band.
    public static func threshold<T: WaveletScalar>(of band: NumberPlane<T>, noise: T) -> T {
        let meanSquare = band.values.reduce(T(0)) { $0 + $1 * $1 } / T(band.values.count)
        return noise * noise / max(meanSquare - noise * noise, T.ulpOfOne).squareRoot()
    }

    /// The plane with less noise.
    /// - Parameters:
    ///   - plane: the noisy plane.
    ///   - noise: its standard deviation; estimated from the plane when nil.
    /// - Throws: `WaveletError.emptyInput`, `.tooShort`, `.invalidParameter`.
    public func denoised<T: WaveletScalar>(_ plane: NumberPlane<T>, noise: T? = nil) throws(WaveletError) -> NumberPlane<T> {
        let levels = levels ?? max(transform.maximumLevel(of: plane.size) - 3, 1)
        var parts = try transform.decompose(plane, levels: levels)
        guard let finest = parts.details.last else { return plane }
        let noise = noise ?? Self.noise(in: finest.diagonal)
        parts.details = parts.details.map { detail in
            detail.map { band in
                let limit = Self.threshold(of: band, noise: noise)
                return band.map { threshold.apply($0, threshold: limit) }
            }
        }
        return try transform.reconstruct(parts)
    }
}
