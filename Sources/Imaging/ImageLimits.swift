/// What a decoder accepts before it allocates anything.
public struct ImageLimits: Hashable, Sendable {
    /// Width times height of the picture; 100 million by default.
    public var maximumPixels: Int

    public init(maximumPixels: Int = 100_000_000) {
        precondition(maximumPixels > 0, "a limit of no pixels refuses everything")
        self.maximumPixels = maximumPixels
    }

    public static let standard = ImageLimits()
}
