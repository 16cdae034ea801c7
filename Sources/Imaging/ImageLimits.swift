/// What a decoder accepts before it allocates anything.
public struct ImageLimits: Hashable, Sendable {
    /// Width times height of the picture; 100 million by default.
    public var maximumPixels: Int
    /// The longest side; 65,536 pixels by default. Decoders hold whole rows and searches whole columns of tables, so a picture of few
    /// pixels with a very long side would still cost much memory. Of the formats read here only PNG goes beyond.
    public var maximumSide: Int
    /// The most bytes of a file that is opened; 256 MB by default.
    public var maximumBytes: Int

    /// Limits, each of at least 1.
    public init(maximumPixels: Int = 100_000_000, maximumSide: Int = 65_536, maximumBytes: Int = 1 << 28) {
        precondition(maximumPixels > 0 && maximumSide > 0 && maximumBytes > 0, "a limit of nothing refuses everything")
        self.maximumPixels = maximumPixels
        self.maximumSide = maximumSide
        self.maximumBytes = maximumBytes
    }

    /// The defaults.
    public static let standard = ImageLimits()

    /// Whether a picture of `size` is accepted.
    public func allow(_ size: Size) -> Bool {
        max(size.width, size.height) <= maximumSide && size.area <= maximumPixels
    }

    /// How many bytes of a file tell whether it is a picture, and what else it looks like.
    package static let startLength = 256

    /// Whether a file may be read whole: it begins like a picture, and is not too long.
    /// - Parameter start: its first `startLength` bytes.
    /// - Throws: `ImagingError.unknownFormat`, `.tooManyBytes`.
    package func check(start: [UInt8], of byteCount: Int) throws(ImagingError) {
        guard ImageFormat(signatureOf: start) != nil else { throw .unknownFormat(ForeignFormat(of: start)) }
        guard byteCount <= maximumBytes else { throw .tooManyBytes(count: byteCount, limit: maximumBytes) }
    }

    /// - Throws: `ImagingError.sideTooLong`, `.tooLarge`.
    func check(_ size: Size) throws(ImagingError) {
        if max(size.width, size.height) > maximumSide {
            throw .sideTooLong(width: size.width, height: size.height, limit: maximumSide)
        }
        if size.area > maximumPixels { throw .tooLarge(width: size.width, height: size.height, limit: maximumPixels) }
    }
}
