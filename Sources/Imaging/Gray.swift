/// An 8-bit gray plane: row-major, without padding between rows.
public struct Gray: Hashable, Sendable {
    /// Columns of pixels.
    public let width: Int
    /// Rows of pixels.
    public let height: Int
    /// width x height bytes.
    public let pixels: [UInt8]

    /// A plane of `pixels`.
    /// - Precondition: width and height are positive and `pixels` holds width x height bytes.
    public init(width: Int, height: Int, pixels: [UInt8]) {
        precondition(width > 0 && height > 0, "a gray plane has at least one pixel")
        precondition(pixels.count == width * height, "a plane of \(width)x\(height) has \(width * height) bytes")
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    /// Width and height.
    public var size: Size { Size(width: width, height: height) }
    /// The rectangle of all pixels.
    public var bounds: Rect { Rect(x: 0, y: 0, width: width, height: height) }

    /// The gray level in column `x` of row `y`, both counted from 0 at the top left.
    /// - Precondition: (x, y) lies inside `bounds`.
    /// - Complexity: O(1).
    public subscript(x: Int, y: Int) -> UInt8 {
        precondition(0..<width ~= x && 0..<height ~= y, "pixel (\(x), \(y)) of a plane of \(size)")
        return pixels[y * width + x]
    }

    /// A copy of the pixels inside `rect`.
    /// - Precondition: `rect` is not empty and lies inside `bounds`.
    public func cropped(to rect: Rect) -> Gray {
        Gray(width: rect.width, height: rect.height, pixels: croppedRows(of: pixels, size: size, channels: 1, to: rect))
    }
}
