import CCodecs

extension ImageFile {
    /// A PNG of `image`, 8-bit RGB. The same pixels always give the same bytes with the same zlib.
    ///
    /// Fast rather than small: the filter "up" on every row and zlib's first level.
    /// - Throws: `ImagingError.outOfMemory`, `.cannotEncode`.
    /// - Complexity: O(pixels).
    public static func encodePNG(_ image: Image) throws(ImagingError) -> [UInt8] {
        try encodePNG(image.pixels, image.size, channels: 3)
    }

    /// A PNG of `gray`, 8-bit gray.
    /// - Throws: `ImagingError.outOfMemory`, `.cannotEncode`.
    public static func encodePNG(_ gray: Gray) throws(ImagingError) -> [UInt8] {
        try encodePNG(gray.pixels, gray.size, channels: 1)
    }

    /// A baseline JPEG of `image` with colour subsampled 4:2:0.
    /// - Parameters:
    ///   - image: the picture to encode.
    ///   - quality: libjpeg's scale, 1 (worst) to 100.
    /// - Throws: `ImagingError.cannotEncode` where a side is longer than 65,500 pixels; `.invalidParameter` for another quality;
    ///   `.outOfMemory`.
    /// - Complexity: O(pixels).
    public static func encodeJPEG(_ image: Image, quality: Int = 90) throws(ImagingError) -> [UInt8] {
        try encodeJPEG(image.pixels, image.size, channels: 3, quality: quality)
    }

    /// A baseline JPEG of `gray`, one component.
    /// - Throws: as for a colour image.
    public static func encodeJPEG(_ gray: Gray, quality: Int = 90) throws(ImagingError) -> [UInt8] {
        try encodeJPEG(gray.pixels, gray.size, channels: 1, quality: quality)
    }

    private static func encodePNG(_ pixels: [UInt8], _ size: Size, channels: Int32) throws(ImagingError) -> [UInt8] {
        guard size.width <= Int(Int32.max), size.height <= Int(Int32.max) else {
            throw .cannotEncode(.png, detail: "a side of \(size) is longer than 2,147,483,647 pixels")
        }
        var buffer = lineup_buffer()
        var message = lineup_message()
        let status = lineup_png_encode(pixels, UInt32(size.width), UInt32(size.height), channels, &buffer, &message)
        return try taken(&buffer, status, .png, message)
    }

    private static func encodeJPEG(_ pixels: [UInt8], _ size: Size, channels: Int32, quality: Int) throws(ImagingError) -> [UInt8] {
        guard 1...100 ~= quality else { throw .invalidParameter(name: "quality", value: "\(quality)", allowed: "1 to 100") }
        guard size.width <= 65_500, size.height <= 65_500 else {
            throw .cannotEncode(.jpeg, detail: "a side of \(size) is longer than 65,500 pixels")
        }
        var buffer = lineup_buffer()
        var message = lineup_message()
        let status = lineup_jpeg_encode(
            pixels, UInt32(size.width), UInt32(size.height), channels, Int32(quality), &buffer, &message)
        return try taken(&buffer, status, .jpeg, message)
    }

    private static func taken(
        _ buffer: inout lineup_buffer, _ status: lineup_status, _ format: ImageFormat, _ message: lineup_message
    ) throws(ImagingError) -> [UInt8] {
        defer { lineup_buffer_free(&buffer) }
        switch status {
        case LINEUP_OK: return [UInt8](UnsafeBufferPointer(start: buffer.bytes, count: buffer.count))
        case LINEUP_OUT_OF_MEMORY: throw .outOfMemory(format)
        default: throw .cannotEncode(format, detail: message.string)
        }
    }
}
