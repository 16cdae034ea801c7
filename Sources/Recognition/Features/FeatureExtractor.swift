import Imaging

/// Measures faces as checked `FeatureSettings` say: a crop in, a fixed number of features out.
public struct FeatureExtractor: Sendable {
    /// What is measured.
    public let settings: FeatureSettings
    /// How many features each kind of measurement gives, in their order: blocks that are to be weighed as a whole. The classic
    /// features are one block, a composition has one for each part of each view.
    public let blockLengths: [Int]
    /// Of a composition.
    private let views: [MeasuredView]
    private let jitterCount: Int

    /// The most pixels that the parts of all views measure on one face, jitters included: some twenty times the standard's.
    public static let maximumPixels = 1 << 22
    /// The most features of one face.
    public static let maximumLength = 1 << 22

    /// - Throws: `DescriptorError` for a parameter outside its range, or a square too small for a descriptor.
    public init(settings: FeatureSettings) throws(DescriptorError) {
        self.settings = settings
        switch settings {
        case .classic:
            views = []
            jitterCount = 0
            blockLengths = [ClassicFeatures.count]
        case .composition(let views, let jitters, _):
            try Self.check(jitters)
            try DescriptorError.require(1...16 ~= views.count, "views", views.count, "1 to 16")
            // A composition may come from a file: how much work it asks for is known before anything is made of it.
            var pixels = 0
            for view in views {
                try MeasuredView.checkCounts(of: view)
                pixels += view.side * view.side * view.parts.count * jitters.count
            }
            try DescriptorError.require(pixels <= Self.maximumPixels, "measured pixels", pixels, "at most \(Self.maximumPixels)")
            var measured: [MeasuredView] = []
            for view in views { measured.append(try MeasuredView(view, jitters: jitters)) }
            self.views = measured
            jitterCount = jitters.count
            blockLengths = measured.flatMap(\.blockLengths)
            let length = blockLengths.reduce(0, +)
            try DescriptorError.require(length <= Self.maximumLength, "features", length, "at most \(Self.maximumLength)")
        }
    }

    private static func check(_ jitters: [FeatureSettings.Jitter]) throws(DescriptorError) {
        try DescriptorError.require(1...16 ~= jitters.count, "jitters", jitters.count, "1 to 16")
        for jitter in jitters {
            let isSmall = abs(jitter.right) <= 1 && abs(jitter.down) <= 1 && abs(jitter.degrees) <= 180
            try DescriptorError.require(isSmall && 0.1...10 ~= jitter.scale, "jitter", "\(jitter)", "a small deviation")
        }
    }

    /// How many features `vector` gives.
    public var count: Int { blockLengths.reduce(0, +) }

    /// Whether `vector` makes use of the eyes.
    public var usesEyes: Bool { !views.isEmpty }

    /// The crop's features, unscaled. They depend on nothing outside the crop, so that a crop read back from its file and a face on a
    /// photo are measured alike.
    /// - Parameters:
    ///   - crop: the pixels inside a face's box.
    ///   - eyes: the boxes found in it, in pixels of the crop.
    public func vector(of crop: Image, eyes: [Rect]) throws(DescriptorError) -> [Float] {
        guard usesEyes else { return ClassicFeatures.vector(of: crop).map(Float.init) }
        return try features(of: crop.grayscale(), face: crop.bounds, eyes: EyePair(among: eyes, of: crop.bounds))
    }

    /// The features of the crop's mirror image, for settings that learn from it too; nil for others.
    public func mirroredVector(of crop: Image, eyes: [Rect]) throws(DescriptorError) -> [Float]? {
        guard settings.learnsFromMirrors else { return nil }
        let pair = EyePair(among: eyes, of: crop.bounds)
        return try features(of: crop.grayscale(), face: crop.bounds, eyes: pair, isMirrored: true)
    }

    /// A composition's features of one face, block after block: `count` numbers.
    /// - Parameters:
    ///   - photo: the gray plane of the whole photo, or of a crop that `face` lies in.
    ///   - face: the face's box; what a view needs beyond the plane continues its border.
    ///   - eyes: the centres of the eyes in the plane's pixels, nil when they are not known.
    ///   - isMirrored: whether to describe the mirror images of the squares, jitters included, for more training rows.
    /// - Precondition: the settings are a composition; the classic features are made of colours.
    package func features(
        of photo: Gray, face: Rect, eyes: EyePair?, isMirrored: Bool = false
    ) throws(DescriptorError) -> [Float] {
        precondition(!views.isEmpty, "classic features are not made from a gray plane")
        precondition(!face.isEmpty, "a face has at least one pixel")
        var warps: [(warp: SimilarityWarp, size: Size)] = []
        for view in views { warps += try view.squares(of: face, eyes: eyes).map { ($0, view.size) } }
        var squares = photo.warped(by: warps)[...]
        if isMirrored { squares = squares.map { $0.mirrored() }[...] }
        var features: [Float] = []
        features.reserveCapacity(count)
        for view in views {
            try view.append(squares.prefix(jitterCount), to: &features)
            squares.removeFirst(jitterCount)
        }
        return features
    }
}
