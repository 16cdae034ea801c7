import Imaging

/// Measures a face crop: a picture in, a fixed number of features out.
public struct FeatureExtractor: Sendable {
    public let settings: FeatureSettings

    public init(settings: FeatureSettings) {
        self.settings = settings
    }

    /// How many features `vector(of:)` gives.
    public var count: Int {
        switch settings {
        case .classic: ClassicFeatures.count
        }
    }

    /// The crop's features, unscaled.
    public func vector(of crop: Image) -> [Float] {
        switch settings {
        case .classic: ClassicFeatures.vector(of: crop).map(Float.init)
        }
    }
}
