import Imaging

/// Measures a face crop: a picture in, a fixed number of features out.
public struct FeatureExtractor: Sendable {
    /// What it measures.
    public let settings: FeatureSettings
    /// How many features each kind of measurement gives, in their order: blocks that are to be weighed as a whole.
    public let blockLengths: [Int]
    /// For compositions.
    private let describer: FaceDescriber?

    /// - Throws: `DescriptorError` for settings outside their ranges.
    public init(settings: FeatureSettings) throws(DescriptorError) {
        self.settings = settings
        switch settings {
        case .classic:
            describer = nil
            blockLengths = [ClassicFeatures.count]
        case .composition(let composition):
            let describer = try FaceDescriber(composition)
            self.describer = describer
            blockLengths = describer.blockLengths
        }
    }

    /// How many features `vector` gives.
    public var count: Int { blockLengths.reduce(0, +) }

    /// Whether `vector` makes use of the eyes.
    public var usesEyes: Bool { describer != nil }

    /// The crop's features, unscaled. They depend on nothing outside the crop, so that a crop read back from its file and a face on a
    /// photo are measured alike.
    /// - Parameters:
    ///   - crop: the pixels inside a face's box.
    ///   - eyes: the boxes found in it, in pixels of the crop.
    public func vector(of crop: Image, eyes: [Rect]) throws(DescriptorError) -> [Float] {
        guard let describer else { return ClassicFeatures.vector(of: crop).map(Float.init) }
        return try describer.features(of: crop.grayscale(), face: crop.bounds, eyes: EyePair(among: eyes, of: crop.bounds))
    }

    /// The features of the crop's mirror image, for settings that learn from it too; nil for others.
    public func mirroredVector(of crop: Image, eyes: [Rect]) throws(DescriptorError) -> [Float]? {
        guard settings.learnsFromMirrors, let describer else { return nil }
        let pair = EyePair(among: eyes, of: crop.bounds)
        return try describer.features(of: crop.grayscale(), face: crop.bounds, eyes: pair, isMirrored: true)
    }
}
