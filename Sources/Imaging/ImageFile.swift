import CCodecs

/// Pictures as files: bytes in, pixels out, and back. Reading and writing the files themselves is the caller's.
public enum ImageFile {
    /// The picture in `bytes` as it is to be seen: 8-bit RGB, turned as its EXIF orientation says.
    ///
    /// The pixels are those of OpenCV 4.14's `imdecode` (as R, G, B): JPEG with the slow integer transform and smooth
    /// upsampling, CMYK and YCCK included; PNG of every colour type and depth, 16 bits cut to their high byte; still WebP. Gray
    /// is replicated; alpha is dropped without blending; colour profiles and gamma are ignored.
    /// - Parameter limits: what is accepted; a larger picture is refused before anything is allocated for it.
    /// - Throws: `ImagingError`, one of its categories `.notReadable`, `.damaged` and `.tooLarge`.
    /// - Complexity: O(pixels + bytes); at most 100 scans of a progressive JPEG.
    public static func decode(_ bytes: [UInt8], limits: ImageLimits = .standard) throws(ImagingError) -> Image {
        try decodeWithHeader(bytes, limits: limits).image
    }

    /// The picture in `bytes` together with its format, its stored size and the orientation that was applied to it.
    /// - Throws: as `decode`.
    public static func decodeWithHeader(_ bytes: [UInt8], limits: ImageLimits = .standard) throws(ImagingError) -> DecodedImage {
        let header = try header(of: bytes)
        let size = header.storedSize
        guard size.area <= limits.maximumPixels else {
            throw .tooLarge(width: size.width, height: size.height, limit: limits.maximumPixels)
        }
        let stored = Image(width: size.width, height: size.height, pixels: try pixels(bytes, header: header))
        return DecodedImage(image: stored.applying(header.orientation), header: header)
    }

    /// What the file says of its picture, without decoding it.
    /// - Throws: `ImagingError`, one of its categories `.notReadable` and `.damaged`.
    /// - Complexity: O(bytes before the pixels) for JPEG, O(chunks) for PNG and WebP.
    public static func header(of bytes: [UInt8]) throws(ImagingError) -> ImageHeader {
        guard let format = ImageFormat(signatureOf: bytes) else { throw .unknownFormat(ForeignFormat(of: bytes)) }
        return switch format {
        case .jpeg: try jpegHeader(bytes)
        case .png: try pngHeader(bytes)
        case .webp: try webpHeader(bytes)
        }
    }
}

/// A decoded picture and what its file said of it.
public struct DecodedImage: Hashable, Sendable {
    /// The picture as it is to be seen.
    public let image: Image
    /// The file's format, the size of the stored pixels, and the turn that led from them to `image`.
    public let header: ImageHeader

    public var format: ImageFormat { header.format }
    public var orientation: Orientation { header.orientation }
}

extension ImageFile {
    private static func jpegHeader(_ bytes: [UInt8]) throws(ImagingError) -> ImageHeader {
        let header = JPEGHeader(bytes)
        if let variant = header.unsupported { throw .unsupported(.jpeg, variant: variant) }
        return try checked(.jpeg, header.size, exif: header.exif)
    }

    private static func pngHeader(_ bytes: [UInt8]) throws(ImagingError) -> ImageHeader {
        let header = PNGHeader(bytes)
        return try checked(.png, header.size, exif: header.exif)
    }

    private static func webpHeader(_ bytes: [UInt8]) throws(ImagingError) -> ImageHeader {
        var width: UInt32 = 0
        var height: UInt32 = 0
        var animated = false
        var message = lineup_message()
        let status = lineup_webp_header(bytes, bytes.count, &width, &height, &animated, &message)
        try check(status, .webp, message)
        if animated { throw .unsupported(.webp, variant: "an animation") }
        return try checked(.webp, Size(width: Int(width), height: Int(height)), exif: WebPExif.find(in: bytes))
    }

    private static func checked(_ format: ImageFormat, _ size: Size?, exif: ArraySlice<UInt8>?) throws(ImagingError) -> ImageHeader {
        guard let size else { throw .damaged(format, detail: "it ends before its size is told") }
        guard size.width > 0, size.height > 0 else { throw .damaged(format, detail: "its header says \(size) pixels") }
        return ImageHeader(format: format, storedSize: size, orientation: exif.map(Orientation.init(exif:)) ?? .asStored)
    }
}
