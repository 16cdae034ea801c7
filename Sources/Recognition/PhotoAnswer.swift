import Imaging

/// What is said of one photo: every accepted face with its name and scores, or the reason why there is none.
public struct PhotoAnswer: Sendable, Equatable, Codable {
    /// The decoded photo's size, EXIF orientation applied.
    public var image: Size
    /// In the detector's order.
    public var faces: [RecognizedFace]
    /// Set exactly when `faces` is empty.
    public var reason: NoFaceReason?
    public var model: ModelIdentity
    public var milliseconds: StageTimes

    public init(image: Size, faces: [RecognizedFace], reason: NoFaceReason?, model: ModelIdentity, milliseconds: StageTimes) {
        self.image = image
        self.faces = faces
        self.reason = reason
        self.model = model
        self.milliseconds = milliseconds
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(image, forKey: .image)
        try container.encode(faces, forKey: .faces)
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
    public var known: Bool
    /// The highest of `scores`.
    public var score: Double
    /// Calibrated probabilities of all labels, highest first; they sum to 1.
    public var scores: [LabelScore]

    public init(box: Rect, eyes: [Rect], label: String?, known: Bool, score: Double, scores: [LabelScore]) {
        self.box = box
        self.eyes = eyes
        self.label = label
        self.known = known
        self.score = score
        self.scores = scores
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(box, forKey: .box)
        try container.encode(eyes, forKey: .eyes)
        try container.encode(label, forKey: .label)  // null, never absent
        try container.encode(known, forKey: .known)
        try container.encode(score, forKey: .score)
        try container.encode(scores, forKey: .scores)
    }
}

public struct LabelScore: Sendable, Equatable, Codable {
    public var label: String
    public var score: Double

    public init(label: String, score: Double) {
        self.label = label
        self.score = score
    }
}

/// Why a photo gave no face to name.
public enum NoFaceReason: String, Sendable, Codable, CaseIterable {
    case noFace = "no_face"
    /// Faces were found, none with two eyes.
    case noEyes = "no_eyes"
    /// The photo is smaller than the detector's window.
    case tooSmall = "too_small"
}

public struct ModelIdentity: Sendable, Equatable, Codable {
    /// The first 16 hexadecimal digits of the model file's SHA-256.
    public var id: String

    public init(id: String) { self.id = id }
}

/// Milliseconds spent in each stage of one photo's way.
public struct StageTimes: Sendable, Equatable, Codable {
    public var decode: Double
    public var detect: Double
    public var classify: Double

    public init(decode: Double, detect: Double, classify: Double) {
        self.decode = decode
        self.detect = detect
        self.classify = classify
    }
}
