/// An 8-bit colour image: row-major, interleaved R, G, B, without padding between rows.
///
/// The pixel in column x of row y has its red, green and blue bytes at `pixels[3 * (y * width + x)]` and the two after it.
public struct Image: Hashable, Sendable {
    public let width: Int
    public let height: Int
    /// 3 x width x height bytes.
    public let pixels: [UInt8]

    /// - Precondition: width and height are positive and `pixels` holds 3 x width x height bytes.
    public init(width: Int, height: Int, pixels: [UInt8]) {
        precondition(width > 0 && height > 0, "an image has at least one pixel")
        precondition(pixels.count == 3 * width * height, "an image of \(width)x\(height) has \(3 * width * height) bytes")
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    public var size: Size { Size(width: width, height: height) }
    public var bounds: Rect { Rect(x: 0, y: 0, width: width, height: height) }

    /// A copy of the pixels inside `rect`.
    /// - Precondition: `rect` is not empty and lies inside `bounds`.
    public func cropped(to rect: Rect) -> Image {
        Image(width: rect.width, height: rect.height, pixels: croppedRows(of: pixels, size: size, channels: 3, to: rect))
    }
}

/// The rows of `rect`, copied one after the other out of an interleaved picture.
func croppedRows(of pixels: [UInt8], size: Size, channels: Int, to rect: Rect) -> [UInt8] {
    precondition(!rect.isEmpty && Rect(x: 0, y: 0, width: size.width, height: size.height).contains(rect), "crop \(rect) outside \(size)")
    return [UInt8](unsafeUninitializedCapacity: channels * rect.area) { target, count in
        pixels.withUnsafeBufferPointer { source in
            let rowBytes = channels * rect.width
            for row in 0..<rect.height {
                let start = channels * ((rect.y + row) * size.width + rect.x)
                (target.baseAddress! + row * rowBytes).update(from: source.baseAddress! + start, count: rowBytes)
            }
        }
        count = channels * rect.area
    }
}
