/// An 8-bit colour image: row-major, interleaved R, G, B, without padding between rows.
///
/// The pixel in column x of row y has its red, green and blue bytes at `pixels[3 * (y * width + x)]` and the two after it.
public struct Image: Hashable, Sendable {
    /// The colour of one pixel.
    public struct Pixel: Hashable, Sendable {
        /// The red part, 0 to 255.
        public var red: UInt8
        /// The green part, 0 to 255.
        public var green: UInt8
        /// The blue part, 0 to 255.
        public var blue: UInt8

        /// A colour of three parts.
        public init(red: UInt8, green: UInt8, blue: UInt8) {
            self.red = red
            self.green = green
            self.blue = blue
        }
    }

    /// Columns of pixels.
    public let width: Int
    /// Rows of pixels.
    public let height: Int
    /// 3 x width x height bytes.
    public let pixels: [UInt8]

    /// An image of `pixels`.
    /// - Precondition: width and height are positive and `pixels` holds 3 x width x height bytes.
    public init(width: Int, height: Int, pixels: [UInt8]) {
        precondition(width > 0 && height > 0, "an image has at least one pixel")
        precondition(pixels.count == 3 * width * height, "an image of \(width)x\(height) has \(3 * width * height) bytes")
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    /// Width and height.
    public var size: Size { Size(width: width, height: height) }
    /// The rectangle of all pixels.
    public var bounds: Rect { Rect(x: 0, y: 0, width: width, height: height) }

    /// The pixel in column `x` of row `y`, both counted from 0 at the top left.
    /// - Precondition: (x, y) lies inside `bounds`.
    /// - Complexity: O(1).
    public subscript(x: Int, y: Int) -> Pixel {
        precondition(0..<width ~= x && 0..<height ~= y, "pixel (\(x), \(y)) of an image of \(size)")
        let i = 3 * (y * width + x)
        return Pixel(red: pixels[i], green: pixels[i + 1], blue: pixels[i + 2])
    }

    /// A copy of the pixels inside `rect`.
    /// - Precondition: `rect` is not empty and lies inside `bounds`.
    public func cropped(to rect: Rect) -> Image {
        Image(width: rect.width, height: rect.height, pixels: croppedRows(of: pixels, size: size, channels: 3, to: rect))
    }
}
