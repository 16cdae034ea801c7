/// How small coefficients are set to zero, and what that does to the others.
public enum WaveletThreshold: String, CaseIterable, Hashable, Sendable, Codable {
    /// x where |x| >= t, else 0.
    case hard
    /// sign(x) max(|x| - t, 0).
    case soft
    /// x - t^2 / x where |x| > t, else 0: close to soft for small, to hard for large values.
    case garrote

    /// The thresholded value.
    /// - Precondition: `threshold` is not negative.
    public func apply<T: WaveletScalar>(_ value: T, threshold: T) -> T {
        let size = abs(value)
        switch self {
        case .hard: return size < threshold ? 0 : value
        case .soft: return size <= threshold ? 0 : value < 0 ? value + threshold : value - threshold
        case .garrote: return size <= threshold ? 0 : value - threshold * threshold / value
        }
    }

    /// Each value thresholded.
    /// - Precondition: `threshold` is not negative.
    public func apply<T: WaveletScalar>(_ values: [T], threshold: T) -> [T] {
        precondition(threshold >= 0, "a threshold is not negative")
        return values.map { apply($0, threshold: threshold) }
    }
}
