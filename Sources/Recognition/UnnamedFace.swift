import Imaging

/// A face that was seen and got no name.
public struct UnnamedFace: Sendable, Equatable, Codable {
    /// In pixels of the photo.
    public var box: Rect
    /// In pixels of the photo; fewer than the recipe wants, or none where they were not looked for.
    public var eyes: [Rect]
    /// Why it got no name.
    public var reason: Reason
    /// Absent where the recipe's finder does not measure it.
    public var quality: FaceQuality?

    /// A face without a name.
    public init(box: Rect, eyes: [Rect], reason: Reason, quality: FaceQuality? = nil) {
        self.box = box
        self.eyes = eyes
        self.reason = reason
        self.quality = quality
    }

    /// Why a face got no name.
    public enum Reason: String, Sendable, Codable, CaseIterable {
        /// Two eyes were not found in it.
        case noEyes = "no_eyes"
        /// It is hardly a face.
        case doubtful
        /// The photo has more faces than are named, and this is not among the largest.
        case tooMany = "too_many"
    }
}
