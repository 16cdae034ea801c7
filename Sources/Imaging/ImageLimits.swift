/// What a decoder accepts before it allocates anything.
public struct ImageLimits: Hashable, Sendable {
    /// Width times height of the picture; 100 million by default.
    public var maximumPixels: Int

    public init(maximumPixels: Int = 100_000_000) {
        precondition(maximumPixels > 0, "a limit of no pixels refuses everything")
        self.maximumPixels = maximumPixels
    }

    public static let standard = ImageLimits()

    /// The longest side accepted, 2^20 pixels: decoders hold whole rows, so a picture one pixel high could still cost gigabytes.
    public static let maximumSide = 1 << 20

    /// Whether a picture of `size` is accepted.
    public func allow(_ size: Size) -> Bool {
        max(size.width, size.height) <= Self.maximumSide && size.area <= maximumPixels
    }
}
