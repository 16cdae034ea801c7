/// A half-open rectangle in pixels: it holds the pixels with x <= column < maxX and y <= row < maxY.
public struct Rect: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The first column.
    public var x: Int
    /// The first row.
    public var y: Int
    /// The number of columns.
    public var width: Int
    /// The number of rows.
    public var height: Int

    /// The rectangle of `width` columns from `x` on and `height` rows from `y` on.
    public init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    /// The column behind the last one.
    public var maxX: Int { x + width }
    /// The row behind the last one.
    public var maxY: Int { y + height }
    /// Width and height.
    public var size: Size { Size(width: width, height: height) }
    /// The number of pixels: width times height.
    public var area: Int { width * height }
    /// Whether it holds no pixel.
    public var isEmpty: Bool { width <= 0 || height <= 0 }

    /// The common part of two rectangles; width and height are zero where they do not meet.
    public func intersection(_ other: Rect) -> Rect {
        let left = max(x, other.x)
        let top = max(y, other.y)
        return Rect(
            x: left, y: top,
            width: max(0, min(maxX, other.maxX) - left), height: max(0, min(maxY, other.maxY) - top))
    }

    /// The smallest rectangle that holds both.
    public func union(_ other: Rect) -> Rect {
        let left = min(x, other.x)
        let top = min(y, other.y)
        return Rect(x: left, y: top, width: max(maxX, other.maxX) - left, height: max(maxY, other.maxY) - top)
    }

    /// Whether every pixel of `other` lies in this rectangle.
    public func contains(_ other: Rect) -> Bool {
        x <= other.x && y <= other.y && other.maxX <= maxX && other.maxY <= maxY
    }

    /// The rectangle moved by `dx` columns and `dy` rows.
    public func offsetBy(x dx: Int, y dy: Int) -> Rect {
        Rect(x: x + dx, y: y + dy, width: width, height: height)
    }

    /// "(x, y, width, height)".
    public var description: String { "(\(x), \(y), \(width), \(height))" }
}
