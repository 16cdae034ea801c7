/// Width and height in pixels.
public struct Size: Hashable, Sendable, Codable, CustomStringConvertible {
    public var width: Int
    public var height: Int

    public init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    public static let zero = Size(width: 0, height: 0)

    /// Width times height, in pixels.
    public var area: Int { width * height }

    public var description: String { "\(width)x\(height)" }
}
