/// An 8-bit gray plane: row-major, without padding between rows.
public struct Gray: Hashable, Sendable {
    public let width: Int
    public let height: Int
    /// width x height bytes.
    public let pixels: [UInt8]

    /// - Precondition: width and height are positive and `pixels` holds width x height bytes.
    public init(width: Int, height: Int, pixels: [UInt8]) {
        precondition(width > 0 && height > 0, "a gray plane has at least one pixel")
        precondition(pixels.count == width * height, "a plane of \(width)x\(height) has \(width * height) bytes")
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    public var size: Size { Size(width: width, height: height) }
    public var bounds: Rect { Rect(x: 0, y: 0, width: width, height: height) }

    /// A copy of the pixels inside `rect`.
    /// - Precondition: `rect` is not empty and lies inside `bounds`.
    public func cropped(to rect: Rect) -> Gray {
        Gray(width: rect.width, height: rect.height, pixels: croppedRows(of: pixels, size: size, channels: 1, to: rect))
    }
}
