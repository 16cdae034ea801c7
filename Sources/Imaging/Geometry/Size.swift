/// Width and height in pixels.
public struct Size: Hashable, Sendable, Codable, LosslessStringConvertible {
    /// Columns.
    public var width: Int
    /// Rows.
    public var height: Int

    /// `width` columns and `height` rows.
    public init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    /// Reads what `description` gives, such as "640x480" or "640X480"; nil for any other text, and for negative sides.
    public init?(_ description: String) {
        let sides = description.lowercased().split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
        guard sides.count == 2, let width = sides[0], let height = sides[1], width >= 0, height >= 0 else { return nil }
        self.init(width: width, height: height)
    }

    /// No columns and no rows.
    public static let zero = Size(width: 0, height: 0)

    /// Width times height, in pixels.
    public var area: Int { width * height }

    /// "WIDTHxHEIGHT", such as "640x480".
    public var description: String { "\(width)x\(height)" }
}
