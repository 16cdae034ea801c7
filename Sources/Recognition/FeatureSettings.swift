import Imaging

/// Which numbers describe a crop.
public enum FeatureSettings: Sendable, Hashable {
    /// 32 x 32 x 3 pixels in B, G, R order, then a 32 x 32 plane of wavelet detail: 4,096 numbers from 0 to 255.
    case classic
    /// Several descriptors on several cut-outs of the face, some of them upright by its eyes.
    case composition(FaceComposition)

    /// Whether a mirror image of every training crop is learned from too.
    public var learnsFromMirrors: Bool {
        switch self {
        case .classic: false
        case .composition(let composition): composition.learnsFromMirrors
        }
    }
}

extension FeatureSettings: Codable {
    private static let classicName = "classic"

    private enum CodingKeys: CodingKey {
        case composition
    }

    /// Written as the word "classic", or as an object whose one member holds the composition.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .classic:
            var value = encoder.singleValueContainer()
            try value.encode(Self.classicName)
        case .composition(let composition):
            var object = encoder.container(keyedBy: CodingKeys.self)
            try object.encode(composition, forKey: .composition)
        }
    }

    /// - Throws: `DecodingError` for what `encode` does not write.
    public init(from decoder: any Decoder) throws {
        if let name = try? decoder.singleValueContainer().decode(String.self) {
            guard name == Self.classicName else {
                throw DecodingError.dataCorrupted(
                    DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "no features are named \(name)"))
            }
            self = .classic
        } else {
            self = .composition(try decoder.container(keyedBy: CodingKeys.self).decode(FaceComposition.self, forKey: .composition))
        }
    }
}
