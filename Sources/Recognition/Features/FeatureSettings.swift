import Imaging

/// What is measured on a face: the part of a recipe that a model file carries, so that a served model is fed what it learned from.
public enum FeatureSettings: Sendable, Hashable {
    /// 32 x 32 x 3 pixels in B, G, R order, then a 32 x 32 plane of wavelet detail: 4,096 numbers from 0 to 255.
    case classic
    /// Several descriptors on several cut-outs of the face, some of them upright by its eyes.
    ///
    /// Each view cuts a square out of the gray crop, as it is or turned and scaled by the eyes, once for each of `jitters`, which
    /// are small deviations; a descriptor's features are averaged over these, so that a model does not depend on the exact place of
    /// a box. Roots of pattern histograms are taken after averaging. Each descriptor of each view gives one block of features, to be
    /// scaled by itself. `learnsFromMirrors` says whether the mirror image of every training face is learned from too.
    case composition(views: [View], jitters: [Jitter] = standardJitters, learnsFromMirrors: Bool = true)

    /// The square itself, and two opposite deviations.
    public static let standardJitters = [
        Jitter(right: 0, down: 0, scale: 1, degrees: 0),
        Jitter(right: -0.022, down: 0.018, scale: 0.95, degrees: -5),
        Jitter(right: 0.022, down: -0.018, scale: 1.05, degrees: 5),
    ]

    /// Two views, the inner face upright by its eyes and the inner part of its box, each with four descriptors that see different
    /// things: phases and edge patterns of the pixels, gradients and fine patterns in even light.
    public static let standardViews = [
        View(frame: .eyes, halfWidth: 0.9, centreBelowEyes: 0.25, parts: standardParts),
        View(frame: .box, halfWidth: 0.4375, parts: standardParts),
    ]

    private static let standardParts = [
        Part(.phases(LPQParameters())),
        Part(.edgePatterns(EdgePatternParameters())),
        Part(.gradients(HOGParameters()), light: .even),
        Part(.patterns(LBPParameters(radius: 2, grid: 6)), light: .even),
    ]

    /// `standardViews` with the standard jitters, learned with mirror images: 26,816 features.
    public static let standard = FeatureSettings.composition(views: standardViews)

    /// Whether a mirror image of every training crop is learned from too.
    public var learnsFromMirrors: Bool {
        switch self {
        case .classic: false
        case .composition(_, _, let learnsFromMirrors): learnsFromMirrors
        }
    }
}

extension FeatureSettings: Codable {
    private static let classicName = "classic"

    private enum CodingKeys: CodingKey {
        case composition
    }

    private struct Composition: Codable {
        var views: [View]
        var jitters: [Jitter]
        var learnsFromMirrors: Bool
    }

    /// Written as the word "classic", or as an object whose one member, `composition`, holds `views`, `jitters` and `learnsFromMirrors`.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .classic:
            var value = encoder.singleValueContainer()
            try value.encode(Self.classicName)
        case .composition(let views, let jitters, let learnsFromMirrors):
            var object = encoder.container(keyedBy: CodingKeys.self)
            let composition = Composition(views: views, jitters: jitters, learnsFromMirrors: learnsFromMirrors)
            try object.encode(composition, forKey: .composition)
        }
    }

    /// - Throws: `DecodingError`.
    public init(from decoder: any Decoder) throws {
        if let name = try? decoder.singleValueContainer().decode(String.self) {
            guard name == Self.classicName else {
                throw DecodingError.dataCorrupted(
                    DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "no features are named \(name)"))
            }
            self = .classic
        } else {
            let object = try decoder.container(keyedBy: CodingKeys.self)
            let read = try object.decode(Composition.self, forKey: .composition)
            self = .composition(views: read.views, jitters: read.jitters, learnsFromMirrors: read.learnsFromMirrors)
        }
    }
}
