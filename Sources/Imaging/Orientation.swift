/// How a stored picture has to be turned to be seen upright: the values of EXIF tag 0x0112.
///
/// A case says what is done to the stored pixels. (Exif 2.32, 4.6.4, tag Orientation)
public enum Orientation: Int, CaseIterable, Hashable, Sendable, Codable {
    /// The pixels are upright as they stand.
    case asStored = 1
    /// Left and right are exchanged.
    case flippedLeftRight = 2
    /// Turned by 180 degrees.
    case turnedHalf = 3
    /// Top and bottom are exchanged.
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

    /// Where a part of the seen picture lies in the stored one.
    /// - Parameter size: of the stored picture.
    func stored(_ seen: Rect, in size: Size) -> Rect {
        let (fromRight, fromBottom) = (size.width - seen.maxX, size.height - seen.maxY)
        switch self {
        case .asStored: return seen
        case .flippedLeftRight: return Rect(x: fromRight, y: seen.y, width: seen.width, height: seen.height)
        case .turnedHalf: return Rect(x: fromRight, y: fromBottom, width: seen.width, height: seen.height)
        case .flippedTopBottom: return Rect(x: seen.x, y: fromBottom, width: seen.width, height: seen.height)
        case .transposed: return Rect(x: seen.y, y: seen.x, width: seen.height, height: seen.width)
        case .turnedRight: return Rect(x: seen.y, y: size.height - seen.maxX, width: seen.height, height: seen.width)
        case .transposedAndTurnedHalf:
            return Rect(x: size.width - seen.maxY, y: size.height - seen.maxX, width: seen.height, height: seen.width)
        case .turnedLeft: return Rect(x: size.width - seen.maxY, y: seen.x, width: seen.height, height: seen.width)
        }
    }
}

extension Image {
    /// The picture as it is to be seen: each pixel moved as `orientation` says.
    /// - Complexity: O(pixels); nothing is copied for `.asStored`.
    public func applying(_ orientation: Orientation) -> Image {
        guard orientation != .asStored else { return self }
        let turned = reordered(pixels, size: size, channels: 3, by: orientation)
        return Image(width: orientation.swapsAxes ? height : width, height: orientation.swapsAxes ? width : height, pixels: turned)
    }
}

extension Gray {
    /// The plane as it is to be seen: each pixel moved as `orientation` says.
    /// - Complexity: O(pixels); nothing is copied for `.asStored`.
    public func applying(_ orientation: Orientation) -> Gray {
        guard orientation != .asStored else { return self }
        let turned = reordered(pixels, size: size, channels: 1, by: orientation)
        return Gray(width: orientation.swapsAxes ? height : width, height: orientation.swapsAxes ? width : height, pixels: turned)
    }
}
