import Imaging

/// One line of `manifest.jsonl`: what became of one photo.
public struct PhotoRecord: Sendable, Equatable, Codable {
    /// "label/name" inside the folder of photos.
    public var path: RelativePath
    /// From the folder of the manifest to the photo.
    public var source: RelativePath
    /// Of the file's bytes; absent where they could not be read.
    public var sha256: String?
    /// The file's size; absent where it could not be read.
    public var bytes: Int?
    /// What the bytes are, whatever the name says.
    public var format: String?
    /// In pixels, EXIF orientation applied.
    public var width: Int?
    /// In pixels, EXIF orientation applied.
    public var height: Int?
    /// The EXIF orientation as stored, 1 to 8.
    public var orientation: Int?
    /// Of the whole photo.
    public var hash: DifferenceHash?
    /// How faces were searched; a line made under other settings is made anew.
    public var finder: String
    /// Every face found, in the detector's order.
    public var faces: [FoundFace]
    /// Whether a crop was cut from it.
    public var kept: Bool
    /// Why there is no crop; null exactly where there is one.
    public var reason: RejectReason?
    /// The reason in words, with its evidence.
    public var detail: String?
    /// What was cut from it; one or more exactly where it was kept.
    public var crops: [Crop]
    /// Kept photos with the same number show the same picture, or nearly. Numbered by first appearance.
    public var group: Int?

    /// One face that was cut out.
    public struct Crop: Sendable, Equatable, Codable {
        /// "label/photo-n.png" inside the folder of the manifest.
        public var file: RelativePath
        /// In pixels of the photo.
        public var box: Rect
        /// In pixels of the photo.
        public var eyes: [Rect]
        /// Of its pixels.
        public var hash: DifferenceHash
        /// How sure it is that this is the person who recurs in the label's folder, 0.5 to 1; absent where the recipe does not pick.
        public var confidence: Double?
    }

    enum CodingKeys: String, CodingKey {
        case path, source, sha256, bytes, format, width, height, orientation, hash, finder, faces, kept, reason, detail, crops, group
    }

    /// An object with the members' names as keys; `reason` is null where there is none, other members are absent.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(path, forKey: .path)
        try container.encode(source, forKey: .source)
        try container.encodeIfPresent(sha256, forKey: .sha256)
        try container.encodeIfPresent(bytes, forKey: .bytes)
        try container.encodeIfPresent(format, forKey: .format)
        try container.encodeIfPresent(width, forKey: .width)
        try container.encodeIfPresent(height, forKey: .height)
        try container.encodeIfPresent(orientation, forKey: .orientation)
        try container.encodeIfPresent(hash, forKey: .hash)
        try container.encode(finder, forKey: .finder)
        try container.encode(faces, forKey: .faces)
        try container.encode(kept, forKey: .kept)
        try container.encode(reason, forKey: .reason)  // null, never absent
        try container.encodeIfPresent(detail, forKey: .detail)
        try container.encode(crops, forKey: .crops)
        try container.encodeIfPresent(group, forKey: .group)
    }
}

/// Why a photo gave no crop.
public enum RejectReason: String, Sendable, Codable, CaseIterable {
    /// No face was found.
    case noFace = "no_face"
    /// Faces were found, none with two eyes.
    case noEyes = "no_eyes"
    /// Faces were found, but none is like those of the label's other photos.
    case nobodyFits = "nobody_fits"
    /// Faces were found, and no run came to its end to compare them with those of the other photos.
    case notCompared = "not_compared"
    /// The photo is smaller than the smallest face that can be found.
    case tooSmall = "too_small"
    /// The bytes are of no format that is read.
    case notAnImage = "not_an_image"
    /// The picture cannot be decoded.
    case damaged = "damaged_image"
    /// More pixels or bytes than are accepted.
    case tooLarge = "too_large"
    /// The system does not give its bytes.
    case unreadable = "unreadable_file"

    init(_ reason: NoFaceReason) {
        switch reason {
        case .noFace: self = .noFace
        case .noEyes: self = .noEyes
        case .tooSmall: self = .tooSmall
        }
    }
}
