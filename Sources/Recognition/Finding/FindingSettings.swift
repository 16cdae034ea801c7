import Cascade

/// How the `best` recipe finds faces: several searches over one photo, their hits united, a verifier that decides.
public struct FindingSettings: Sendable, Hashable, Codable {
    /// One cascade that searches the photo.
    public struct Search: Sendable, Hashable, Codable {
        /// A standard cascade's name, without `.xml`.
        public var cascade: String
        /// Whether it looks for faces that are turned the other way.
        public var isMirrored: Bool
        /// Looks only near windows that passed so many stages of the first search; nil for everywhere.
        public var gate: Int?

        /// A search by a standard cascade.
        public init(cascade: String, isMirrored: Bool = false, gate: Int? = nil) {
            self.cascade = cascade
            self.isMirrored = isMirrored
            self.gate = gate
        }
    }

    /// A second look at places where the first search came near, for heads that lean to one side.
    public struct Leaning: Sendable, Hashable, Codable {
        /// How far heads lean, to either side.
        public var degrees: [Double]
        /// Looks near windows that passed so many stages of the first search.
        public var gate: Int
        /// The ratio of one window size to the next smaller one.
        public var scaleFactor: Double

        /// A look under these angles.
        public init(degrees: [Double], gate: Int, scaleFactor: Double) {
            self.degrees = degrees
            self.gate = gate
            self.scaleFactor = scaleFactor
        }
    }

    /// What searches the photo, in the order of the verifier's statements.
    public var searches: [Search]
    /// How heads that lean are looked for; nil not at all.
    public var leaning: Leaning?
    /// The ratio of one window size to the next smaller one.
    public var scaleFactor: Double
    /// The side of the smallest face in pixels of the photo, where `longSideShare` asks for no more.
    public var smallestFace: Int
    /// The photo's long side over the side of the smallest face.
    public var longSideShare: Int
    /// A candidate less likely to be a face than this is dropped.
    public var keptProbability: Double
    /// A face at least this likely is one; those between are kept for whoever knows more of the photo.
    public var acceptedProbability: Double

    /// Settings with these parts.
    public init(
        searches: [Search], leaning: Leaning? = nil, scaleFactor: Double, smallestFace: Int, longSideShare: Int, keptProbability: Double,
        acceptedProbability: Double
    ) {
        self.searches = searches
        self.leaning = leaning
        self.scaleFactor = scaleFactor
        self.smallestFace = smallestFace
        self.longSideShare = longSideShare
        self.keptProbability = keptProbability
        self.acceptedProbability = acceptedProbability
    }

    static let profileCascade = StandardCascade.profileFace.rawValue

    /// A profile is looked for where the frontal search came so far: faces from the side pass most of its 20 stages.
    static let profileGate = 16

    /// Heads that lean pass fewer stages of the frontal search than faces from the side.
    static let leaningGate = 15

    /// Faces seen from the front and, near what the frontal search nearly took for a face, from both sides and leaning.
    public static let standard = FindingSettings(
        searches: [
            Search(cascade: StandardCascade.frontalFaceAlt2.rawValue),
            Search(cascade: profileCascade, gate: profileGate),
            Search(cascade: profileCascade, isMirrored: true, gate: profileGate),
        ],
        leaning: Leaning(degrees: [15, 30], gate: leaningGate, scaleFactor: 1.2),
        scaleFactor: 1.2, smallestFace: 24, longSideShare: 60, keptProbability: 0.1, acceptedProbability: 0.25)

    /// The cascades that look for eyes in a face.
    static let eyeCascades: [StandardCascade] = [.eye, .eyeTreeEyeglasses, .leftEye2Splits, .rightEye2Splits]

    /// All cascades by name, those that look for eyes included.
    var cascades: [String] { searches.map(\.cascade) + Self.eyeCascades.map(\.rawValue) }

    /// Of how a photo is brought to the searched size: 2 since a large JPEG is decoded smaller.
    private static let revision = 2

    /// A short text that is equal exactly where two settings, with the model that is built in, find the same faces.
    var fingerprint: String {
        let names =
            searches.map { search in
                search.cascade + (search.isMirrored ? "~" : "") + (search.gate.map { "<\($0)" } ?? "")
            }.joined(separator: "+") + (leaning.map { "/\($0.degrees)<\($0.gate)/\($0.scaleFactor)" } ?? "")
        let model = FileBytes.sha256(FaceModel.standardFile).prefix(16)
        return
            "\(Self.revision)/\(names)/\(scaleFactor)/\(smallestFace)/\(longSideShare)/\(keptProbability)/\(acceptedProbability)/\(model)"
    }
}
