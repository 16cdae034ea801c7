import Foundation

/// A picture's file of which the header has been read: its pixels are decoded whole, smaller or in part, as often as is needed.
///
///     let photo = try EncodedImage(contentsOf: url)
///     let small = try photo.decodeGray(reducedBy: .half)            // to search in
///     let face = try photo.decode(region: found)                    // in the pixels of the whole picture
///
/// The pixels are those of OpenCV 4.14's `imdecode` (as R, G, B): JPEG with the slow integer transform and smooth upsampling, CMYK and
/// YCCK included; PNG of every colour type and depth, 16 bits cut to their high byte; still WebP. Gray is replicated; alpha is dropped
/// without blending; colour profiles and gamma are ignored. What stands in a file behind its last pixel does not matter: a JPEG without
/// its end marker and a PNG without IEND are whole, one whose pixels are cut short is damaged.
///
/// Every picture is turned as its EXIF orientation says (`header.orientation`); places are those of the turned picture.
public struct EncodedImage: Sendable {
    /// Format, size and orientation.
    public let header: ImageHeader
    /// Asked every 16 rows while pixels are decoded, and for every row of blocks of every scan of a progressive JPEG, from the thread
    /// that decodes: where it says true, decoding ends with `ImagingError.cancelled`. A WebP is decoded in one go; it is asked before.
    public var isCancelled: (@Sendable () -> Bool)?
    private let bytes: ImageBytes

    /// A picture in `bytes`.
    /// - Parameters:
    ///   - bytes: the file's content.
    ///   - limits: what is accepted; more is refused before any pixel is decoded.
    /// - Throws: `ImagingError`, one of its categories `.notReadable`, `.damaged` and `.tooLarge`.
    /// - Complexity: O(bytes before the pixels) for JPEG, O(chunks) for PNG and WebP.
    public init(_ bytes: [UInt8], limits: ImageLimits = .standard) throws(ImagingError) {
        try self.init(.array(bytes), limits)
    }

    /// A picture in `data`.
    /// - Throws: as for an array.
    public init(_ data: Data, limits: ImageLimits = .standard) throws(ImagingError) {
        try self.init(.data(data), limits)
    }

    /// A picture in a file. Its first bytes decide whether it is a picture before the rest is read.
    /// - Parameters:
    ///   - url: the file.
    ///   - limits: what is accepted; `limits.maximumBytes` bounds what is read.
    /// - Throws: `ImagingError`, as for an array, or `.missingFile`, `.unreadableFile`.
    public init(contentsOf url: URL, limits: ImageLimits = .standard) throws(ImagingError) {
        try self.init(.array(try imageFileContents(url.path, limits: limits)), limits)
    }

    private init(_ bytes: ImageBytes, _ limits: ImageLimits) throws(ImagingError) {
        self.bytes = bytes
        header = try bytes.withReader { reader throws(ImagingError) in try ImageHeader(reader) }
        try limits.check(header.storedSize)
    }

    /// Width and height of the picture as it is seen.
    public var size: Size { header.size }

    /// The number of bytes in the file.
    public var byteCount: Int { bytes.withReader(\.count) }

    /// The whole picture.
    /// - Throws: `ImagingError`, one of its categories `.damaged`, `.notReadable` and `.failed`.
    /// - Complexity: O(pixels + bytes) with at most 100 scans of a progressive JPEG. Memory: 3 bytes a pixel, while decoding up to
    ///   8 more for a progressive JPEG or a lossless WebP, 3 more for a picture that is turned.
    public func decode() throws(ImagingError) -> Image {
        try decode(reducedBy: .full)
    }

    /// The picture at 1/2, 1/4 or 1/8 of its size: `reduction.size(of: size)`.
    ///
    /// A JPEG is transformed at that size, which is faster and needs less memory; other formats are decoded and then reduced by area
    /// means. Pixel (x, y) of the result covers the block of the whole picture that begins at (x, y) times `reduction.rawValue`; in a
    /// turned or mirrored picture whose sides are no multiples of that, blocks are counted from the stored picture's corner.
    /// - Throws: as `decode()`.
    public func decode(reducedBy reduction: Reduction) throws(ImagingError) -> Image {
        let whole = reduction.size(of: header.storedSize)
        guard header.format == .jpeg else {
            let full = try Image(header.storedSize, stored(DecodedPart(header.storedSize)))
            return full.reduced(by: reduction).applying(header.orientation)
        }
        return try Image(whole, stored(DecodedPart(whole, reduction: reduction))).applying(header.orientation)
    }

    /// The part of the whole picture inside `region`, equal to that part of `decode()`.
    ///
    /// In a JPEG, the rows above and the columns beside it are not transformed and those below not even read: a face out of twelve
    /// megapixels takes a fraction of the time. Other formats are decoded whole.
    /// - Precondition: `region` is not empty and lies inside the picture.
    /// - Throws: as `decode()`; damage below the region may go unseen.
    public func decode(region: Rect) throws(ImagingError) -> Image {
        precondition(
            !region.isEmpty && Rect(x: 0, y: 0, width: size.width, height: size.height).contains(region),
            "region \(region) of a picture of \(size)")
        let part = header.orientation.stored(region, in: header.storedSize)
        guard header.format == .jpeg else {
            let full = try Image(header.storedSize, stored(DecodedPart(header.storedSize)))
            return full.cropped(to: part).applying(header.orientation)
        }
        return try Image(part.size, stored(DecodedPart(part))).applying(header.orientation)
    }

    /// The picture's luma, reduced as `decode(reducedBy:)` does it: for a search, which needs no colours.
    ///
    /// A JPEG's own luma is taken as it is stored, in less time than a colour picture; it differs by rounding from `grayscale()` of the
    /// decoded picture, which gives the luma of the other formats, and of CMYK.
    /// - Throws: as `decode()`.
    public func decodeGray(reducedBy reduction: Reduction = .full) throws(ImagingError) -> Gray {
        guard header.format == .jpeg, !header.isCMYK else { return try decode(reducedBy: reduction).grayscale() }
        let whole = reduction.size(of: header.storedSize)
        let plane = try stored(DecodedPart(whole, reduction: reduction, channels: 1))
        return Gray(width: whole.width, height: whole.height, pixels: plane).applying(header.orientation)
    }

    /// Lends the file's bytes.
    package func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R { bytes.withReader { body($0.bytes) } }

    private func stored(_ part: DecodedPart) throws(ImagingError) -> [UInt8] {
        try bytes.withReader { reader throws(ImagingError) in try storedPixels(reader, header: header, part: part, isCancelled: isCancelled)
        }
    }
}

extension Image {
    fileprivate init(_ size: Size, _ pixels: [UInt8]) {
        self.init(width: size.width, height: size.height, pixels: pixels)
    }
}
