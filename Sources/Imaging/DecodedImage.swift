/// A decoded picture and what its file said of it.
public struct DecodedImage: Hashable, Sendable {
    /// The picture as it is to be seen.
    public let image: Image
    /// The file's format, the size of the stored pixels, and the turn that led from them to `image`.
    public let header: ImageHeader

    /// The file's format.
    public var format: ImageFormat { header.format }
    /// The turn that was applied to the stored pixels.
    public var orientation: Orientation { header.orientation }
}
