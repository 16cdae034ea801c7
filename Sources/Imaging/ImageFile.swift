import Foundation

/// Pictures as files: bytes in, pixels out, and back.
///
/// `decode` and `header` are short for what `EncodedImage` does.
public enum ImageFile {
    /// The picture in `bytes` as it is to be seen: 8-bit RGB, turned as its EXIF orientation says.
    /// - Parameters:
    ///   - bytes: the file's content.
    ///   - limits: what is accepted; more is refused before anything is allocated for it.
    /// - Throws: `ImagingError`, one of its categories `.notReadable`, `.damaged` and `.tooLarge`.
    /// - Complexity: as `EncodedImage.decode()`.
    public static func decode(_ bytes: [UInt8], limits: ImageLimits = .standard) throws(ImagingError) -> Image {
        try EncodedImage(bytes, limits: limits).decode()
    }

    /// The picture in a file. Its first bytes decide whether it is a picture before the rest is read, once.
    /// - Throws: as for bytes, or `ImagingError.missingFile`, `.unreadableFile`.
    public static func decode(contentsOf url: URL, limits: ImageLimits = .standard) throws(ImagingError) -> Image {
        try EncodedImage(contentsOf: url, limits: limits).decode()
    }

    /// The picture in `bytes` together with its format, its stored size and the orientation that was applied to it.
    /// - Parameters:
    ///   - bytes: the file's content.
    ///   - limits: what is accepted; more is refused before anything is allocated for it.
    ///   - isCancelled: asked while pixels are decoded, as `EncodedImage.isCancelled`.
    /// - Throws: as `decode`, or `ImagingError.cancelled`.
    public static func decodeWithHeader(
        _ bytes: [UInt8], limits: ImageLimits = .standard, isCancelled: (@Sendable () -> Bool)? = nil
    ) throws(ImagingError) -> DecodedImage {
        var encoded = try EncodedImage(bytes, limits: limits)
        encoded.isCancelled = isCancelled
        return DecodedImage(image: try encoded.decode(), header: encoded.header)
    }

    /// What the file says of its picture, without decoding it and whatever its size.
    /// - Throws: `ImagingError`, one of its categories `.notReadable` and `.damaged`.
    /// - Complexity: O(bytes before the pixels) for JPEG, O(chunks) for PNG and WebP.
    public static func header(of bytes: [UInt8]) throws(ImagingError) -> ImageHeader {
        try ImageBytes.array(bytes).withReader { reader throws(ImagingError) in try ImageHeader(reader) }
    }
}
