import Imaging

/// What is said of one photo: every accepted face with its name and scores, or the reason why there is none.
public struct PhotoAnswer: Sendable, Equatable, Codable {
    /// The decoded photo's size, EXIF orientation applied.
    public var image: Size
    /// In the detector's order.
    public var faces: [RecognizedFace]
    /// Faces that were seen and not named, each with its reason, in the detector's order.
    public var unnamed: [UnnamedFace]
    /// The EXIF orientation (tag 0x0112, 1 to 8) that was applied to the stored pixels.
    public var orientation: Int
    /// Set exactly when `faces` is empty.
    public var reason: NoFaceReason?
    /// Which model answered.
    public var model: ModelIdentity
    /// How long each stage took.
    public var milliseconds: StageTimes

    /// An answer with these parts.
    public init(
        image: Size, faces: [RecognizedFace], unnamed: [UnnamedFace] = [], orientation: Int = 1, reason: NoFaceReason?,
        model: ModelIdentity, milliseconds: StageTimes
    ) {
        self.image = image
        self.faces = faces
        self.unnamed = unnamed
        self.orientation = orientation
        self.reason = reason
        self.model = model
        self.milliseconds = milliseconds
    }

    /// An object with the members' names as keys; what may be null is null and never absent, since clients look at it.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(image, forKey: .image)
        try container.encode(faces, forKey: .faces)
        try container.encode(unnamed, forKey: .unnamed)
        try container.encode(orientation, forKey: .orientation)
        try container.encode(reason, forKey: .reason)  // null, never absent: clients look at it
        try container.encode(model, forKey: .model)
        try container.encode(milliseconds, forKey: .milliseconds)
    }
}

/// A face with two eyes, and who it is.
public struct RecognizedFace: Sendable, Equatable, Codable {
    /// In pixels of the photo.
    public var box: Rect
    /// In pixels of the photo; two or more.
    public var eyes: [Rect]
    /// The most probable label, nil when the face is unlike all known people.
    public var label: String?
    /// Whether it is like one of the known people; true where the model has no threshold for strangers.
    public var known: Bool
    /// The highest of `scores`.
    public var score: Double
    /// Calibrated probabilities of all labels, highest first; they sum to 1.
    public var scores: [LabelScore]
    /// Absent where the recipe's finder does not measure it.
    public var quality: FaceQuality?

    /// A face with these parts.
    public init(
        box: Rect, eyes: [Rect], label: String?, known: Bool, score: Double, scores: [LabelScore], quality: FaceQuality? = nil
    ) {
        self.box = box
        self.eyes = eyes
        self.label = label
        self.known = known
        self.score = score
        self.scores = scores
        self.quality = quality
    }

    /// An object with the members' names as keys; a label that is null is null and never absent, since clients look at it.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(box, forKey: .box)
        try container.encode(eyes, forKey: .eyes)
        try container.encode(label, forKey: .label)  // null, never absent
        try container.encode(known, forKey: .known)
        try container.encode(score, forKey: .score)
        try container.encode(scores, forKey: .scores)
        try container.encodeIfPresent(quality, forKey: .quality)
    }
}

/// One label and how probable it is.
public struct LabelScore: Sendable, Equatable, Codable {
    /// Who.
    public var label: String
    /// 0 to 1.
    public var score: Double

    /// A label with its score.
    public init(label: String, score: Double) {
        self.label = label
        self.score = score
    }
}

/// Why a photo gave no face to name.
public enum NoFaceReason: String, Sendable, Codable, CaseIterable {
    /// No face was found.
    case noFace = "no_face"
    /// Faces were found, none with two eyes.
    case noEyes = "no_eyes"
    /// The photo is smaller than the detector's window.
    case tooSmall = "too_small"
}

/// Which model it was that answered.
public struct ModelIdentity: Sendable, Equatable, Codable {
    /// The first 16 hexadecimal digits of the model file's SHA-256.
    public var id: String

    /// A model with this identity.
    public init(id: String) { self.id = id }

    /// The identity of a model file with these bytes.
    init(of bytes: [UInt8]) { id = String(FileBytes.sha256(bytes).prefix(16)) }
}

/// Milliseconds spent in each stage of one photo's way.
public struct StageTimes: Sendable, Equatable, Codable {
    /// Bytes to pixels.
    public var decode: Double
    /// Faces and eyes.
    public var detect: Double
    /// Features and scores.
    public var classify: Double

    /// Times of one photo.
    public init(decode: Double, detect: Double, classify: Double) {
        self.decode = decode
        self.detect = detect
        self.classify = classify
    }
}
