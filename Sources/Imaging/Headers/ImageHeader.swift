/// What a file says of its picture before any pixel is decoded.
public struct ImageHeader: Hashable, Sendable {
    public let format: ImageFormat
    /// Width and height of the pixels in the file.
    public let storedSize: Size
    /// The turn the file asks for.
    public let orientation: Orientation

    /// Width and height of the picture as it is seen, after that turn.
    public var size: Size {
        orientation.swapsAxes ? Size(width: storedSize.height, height: storedSize.width) : storedSize
    }
}
