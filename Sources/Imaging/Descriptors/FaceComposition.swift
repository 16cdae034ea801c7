/// Several descriptors on several cut-outs of a face: what a recipe feeds its model.
///
/// Each view cuts a square out of the photo's gray plane, as it is or turned and scaled by the eyes, several times with small
/// deviations (`jitters`); a descriptor's features are averaged over these, so that a model does not depend on the exact
/// place of a box. Roots of pattern histograms are taken after averaging. Each descriptor gives one block of features, to be
/// scaled by itself.
public struct FaceComposition: Hashable, Sendable, Codable {
    /// Where a square lies on a face.
    public enum Frame: String, Hashable, Sendable, Codable {
        /// About the middle of the face's box; the unit is the box's width.
        case box
        /// Upright by the eyes; the unit is the distance between the eyes, the square's centre lies `drop` units below the
        /// middle between them. A face without a believable pair of eyes takes them from its box, at 31 % and 69 % of its
        /// width and 40 % of its height.
        case eyes
    }

    /// One descriptor with its parameters.
    public enum Descriptor: Hashable, Sendable, Codable {
        case gradients(HOGParameters)
        case patterns(LBPParameters)
        case phases(LPQParameters)
        case edgePatterns(EdgePatternParameters)

        private enum CodingKeys: CodingKey {
            case gradients, patterns, phases, edgePatterns
        }

        /// Written as an object with one member, the descriptor's name, that holds its parameters.
        public func encode(to encoder: any Encoder) throws {
            var object = encoder.container(keyedBy: CodingKeys.self)
            switch self {
            case .gradients(let parameters): try object.encode(parameters, forKey: .gradients)
            case .patterns(let parameters): try object.encode(parameters, forKey: .patterns)
            case .phases(let parameters): try object.encode(parameters, forKey: .phases)
            case .edgePatterns(let parameters): try object.encode(parameters, forKey: .edgePatterns)
            }
        }

        public init(from decoder: any Decoder) throws {
            let object = try decoder.container(keyedBy: CodingKeys.self)
            guard let key = object.allKeys.first, object.allKeys.count == 1 else {
                throw DecodingError.dataCorrupted(
                    DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "a descriptor has one member, its name"))
            }
            switch key {
            case .gradients: self = .gradients(try object.decode(HOGParameters.self, forKey: key))
            case .patterns: self = .patterns(try object.decode(LBPParameters.self, forKey: key))
            case .phases: self = .phases(try object.decode(LPQParameters.self, forKey: key))
            case .edgePatterns: self = .edgePatterns(try object.decode(EdgePatternParameters.self, forKey: key))
            }
        }
    }

    /// A descriptor, and the light it sees the cut-out in.
    public struct Part: Hashable, Sendable, Codable {
        /// What is done to a cut-out before it is described.
        public enum Light: String, Hashable, Sendable, Codable {
            /// The pixels as they are.
            case plain
            /// After `EvenLight`.
            case even
        }

        public var light: Light
        public var descriptor: Descriptor

        public init(_ descriptor: Descriptor, light: Light = .plain) {
            self.light = light
            self.descriptor = descriptor
        }
    }

    /// One cut-out and what describes it.
    public struct View: Hashable, Sendable, Codable {
        public var frame: Frame
        /// Half the square's side in the frame's units; above 0, at most 8.
        public var extent: Double
        /// How far below the middle of the eyes the square's centre lies, in eye distances; -4 to 4, 0 for boxes.
        public var drop: Double
        /// The cut-out's side in pixels; 16 to 1024.
        public var side: Int
        public var parts: [Part]

        public init(frame: Frame, extent: Double, drop: Double = 0, side: Int = 96, parts: [Part]) {
            self.frame = frame
            self.extent = extent
            self.drop = drop
            self.side = side
            self.parts = parts
        }
    }

    /// A small deviation from a view's own square.
    public struct Jitter: Hashable, Sendable, Codable {
        /// Shift of the centre, in sides of the square.
        public var right: Double
        public var down: Double
        /// Factor of the side; above 0.
        public var scale: Double
        /// Turn in degrees.
        public var degrees: Double

        public init(right: Double, down: Double, scale: Double, degrees: Double) {
            self.right = right
            self.down = down
            self.scale = scale
            self.degrees = degrees
        }
    }

    public var views: [View]
    public var jitters: [Jitter]
    /// Whether the mirror image of every training face is worth learning from too.
    public var learnsFromMirrors: Bool

    public init(views: [View], jitters: [Jitter] = Self.standardJitters, learnsFromMirrors: Bool = true) {
        self.views = views
        self.jitters = jitters
        self.learnsFromMirrors = learnsFromMirrors
    }

    /// The square itself, and two opposite deviations.
    public static let standardJitters = [
        Jitter(right: 0, down: 0, scale: 1, degrees: 0),
        Jitter(right: -0.022, down: 0.018, scale: 0.95, degrees: -5),
        Jitter(right: 0.022, down: -0.018, scale: 1.05, degrees: 5),
    ]

    /// Two views, the inner face upright by its eyes and the inner part of its box, each with four descriptors that see different things:
    /// phases and edge patterns of the pixels, gradients and fine patterns in even light.
    public static let standard = FaceComposition(views: [
        View(frame: .eyes, extent: 0.9, drop: 0.25, parts: standardParts),
        View(frame: .box, extent: 0.4375, parts: standardParts),
    ])

    private static let standardParts = [
        Part(.phases(LPQParameters())),
        Part(.edgePatterns(EdgePatternParameters())),
        Part(.gradients(HOGParameters()), light: .even),
        Part(.patterns(LBPParameters(radius: 2, grid: 6)), light: .even),
    ]
}
