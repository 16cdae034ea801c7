import Imaging

/// What a portrait shows, and so what cleaning should make of it.
public enum PortraitKind: String, Sendable, CaseIterable {
    /// A face with two eyes: kept.
    case frontal
    /// A face whose eyes are hidden: refused for want of two eyes.
    case sunglasses
    /// The back of a head or a profile: refused.
    case turnedAway
    /// A place or a ball, nobody: refused.
    case noFace
}

/// One drawn photo of an athlete.
public struct Portrait: Sendable {
    /// Its pixels.
    public let image: Image
    /// What it shows.
    public let kind: PortraitKind
    /// The athlete's label.
    public let label: String
}
