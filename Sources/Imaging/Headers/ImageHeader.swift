/// What a file says of its picture before any pixel is decoded.
public struct ImageHeader: Hashable, Sendable {
    /// The file's format, known by its first bytes.
    public let format: ImageFormat
    /// Width and height of the pixels in the file.
    public let storedSize: Size
    /// The EXIF orientation, by which the stored pixels are turned upright.
    public let orientation: Orientation
    /// Whether the pixels are four inks, which have no luma of their own.
    let isCMYK: Bool
    /// Whether the pixels come in many scans, each over the whole picture: to decode a part costs nearly what the whole does.
    public let isProgressive: Bool

    /// Width and height of the picture as it is seen, after that turn.
    public var size: Size {
        orientation.swapsAxes ? Size(width: storedSize.height, height: storedSize.width) : storedSize
    }

    /// - Throws: `ImagingError`, one of its categories `.notReadable` and `.damaged`.
    init(_ bytes: ByteReader) throws(ImagingError) {
        let start = bytes.start(256)
        guard let format = ImageFormat(signatureOf: start) else { throw .unknownFormat(ForeignFormat(of: start)) }
        switch format {
        case .jpeg:
            let header = JPEGHeader(bytes)
            if let variant = header.unsupported { throw .unsupported(.jpeg, variant: variant) }
            try self.init(.jpeg, header.size, exif: header.exif, isCMYK: header.componentCount == 4, isProgressive: header.isProgressive)
        case .png:
            let header = PNGHeader(bytes)
            if header.isForIOS { throw .unsupported(.png, variant: ImagingError.optimisedForIOS) }
            try self.init(.png, header.size, exif: header.exif)
        case .webp:
            let (size, isAnimation) = try webpCanvas(bytes)
            if isAnimation { throw .unsupported(.webp, variant: "an animation") }
            try self.init(.webp, size, exif: WebPExif.find(in: bytes))
        }
    }

    private init(_ format: ImageFormat, _ size: Size?, exif: [ByteReader], isCMYK: Bool = false, isProgressive: Bool = false)
        throws(ImagingError)
    {
        guard let size else { throw .damaged(format, detail: "it ends before its size") }
        // No format allows a side of 2^31 pixels.
        let sides = 1...Int(Int32.max)
        guard sides.contains(size.width), sides.contains(size.height) else {
            throw .damaged(format, detail: "its header says \(size) pixels")
        }
        self.format = format
        self.storedSize = size
        self.orientation = Orientation(exif: exif)
        self.isCMYK = isCMYK
        self.isProgressive = isProgressive
    }
}
