/// How a stored picture has to be turned to be seen upright: the values of EXIF tag 0x0112.
///
/// A case says what is done to the stored pixels. (Exif 2.32, 4.6.4, tag Orientation)
public enum Orientation: Int, CaseIterable, Hashable, Sendable, Codable {
    case asStored = 1
    case flippedLeftRight = 2
    case turnedHalf = 3
    case flippedTopBottom = 4
    /// Rows become columns: the pixel (x, y) goes to (y, x).
    case transposed = 5
    /// A quarter turn clockwise.
    case turnedRight = 6
    /// Mirrored at the other diagonal: transposed and turned half.
    case transposedAndTurnedHalf = 7
    /// A quarter turn counterclockwise.
    case turnedLeft = 8

    /// Whether width and height change places.
    public var swapsAxes: Bool { rawValue >= 5 }
}

extension Image {
    /// The picture as it is to be seen: each pixel moved as `orientation` says.
    /// - Complexity: O(pixels); nothing is copied for `.asStored`.
    public func applying(_ orientation: Orientation) -> Image {
        guard orientation != .asStored else { return self }
        let turned = [UInt8](unsafeUninitializedCapacity: pixels.count) { target, count in
            pixels.withUnsafeBufferPointer { source in
                Turn(of: size, by: orientation).move(from: source.baseAddress!, to: target.baseAddress!)
            }
            count = pixels.count
        }
        return Image(width: orientation.swapsAxes ? height : width, height: orientation.swapsAxes ? width : height, pixels: turned)
    }
}
