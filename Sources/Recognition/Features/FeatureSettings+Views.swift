import Imaging

extension FeatureSettings {
    /// Where a square lies on a face.
    public enum Frame: String, Hashable, Sendable, Codable {
        /// About the middle of the face's box; the unit is the box's width.
        case box
        /// Upright by the eyes; the unit is the distance between the eyes, the square's centre lies `centreBelowEyes` of them below
        /// the middle between them. A face without a believable pair of eyes takes them from its box, at 31 % and 69 % of its
        /// width and 40 % of its height.
        case eyes
    }

    /// One descriptor with its parameters.
    public enum Descriptor: Hashable, Sendable, Codable {
        /// `HistogramOfGradients`.
        case gradients(HOGParameters)
        /// `LocalBinaryPatterns`.
        case patterns(LBPParameters)
        /// `LocalPhaseQuantisation`.
        case phases(LPQParameters)
        /// `OrientedEdgePatterns`.
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

        /// - Throws: `DecodingError`, also for an object without exactly one known member.
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

        /// What is done to the cut-out first.
        public var light: Light
        /// What measures it.
        public var descriptor: Descriptor

        /// A descriptor that sees the cut-out in `light`.
        public init(_ descriptor: Descriptor, light: Light = .plain) {
            self.light = light
            self.descriptor = descriptor
        }
    }

    /// One cut-out and what describes it.
    public struct View: Hashable, Sendable, Codable {
        /// Where the square lies.
        public var frame: Frame
        /// Half the square's side in the frame's units; above 0, at most 8.
        public var halfWidth: Double
        /// How far below the middle of the eyes the square's centre lies, in eye distances; -4 to 4, 0 for boxes.
        public var centreBelowEyes: Double
        /// The cut-out's side in pixels; 16 to 1024.
        public var side: Int
        /// What is measured on the cut-out, in the order of the features; 1 to 16.
        public var parts: [Part]

        /// A square of a face with its descriptors; `FeatureExtractor` checks the numbers.
        public init(frame: Frame, halfWidth: Double, centreBelowEyes: Double = 0, side: Int = 96, parts: [Part]) {
            self.frame = frame
            self.halfWidth = halfWidth
            self.centreBelowEyes = centreBelowEyes
            self.side = side
            self.parts = parts
        }

        /// The members' names in model files.
        private enum CodingKeys: String, CodingKey {
            case frame, side, parts
            case halfWidth = "extent"
            case centreBelowEyes = "drop"
        }
    }

    /// A small deviation from a view's own square.
    public struct Jitter: Hashable, Sendable, Codable {
        /// Shift of the centre to the right, in sides of the square; -1 to 1.
        public var right: Double
        /// Shift of the centre downwards, in sides of the square; -1 to 1.
        public var down: Double
        /// Factor of the side; 0.1 to 10.
        public var scale: Double
        /// Turn in degrees; -180 to 180.
        public var degrees: Double

        /// A shifted, scaled and turned square.
        public init(right: Double, down: Double, scale: Double, degrees: Double) {
            self.right = right
            self.down = down
            self.scale = scale
            self.degrees = degrees
        }
    }
}
