/// The pixels themselves: a small area-resized picture, each gray level divided by 255, row by row.
public struct PixelFeatures: GrayDescriptor, Hashable, Codable {
    /// The small picture's side in pixels; at least 1.
    public let side: Int

    /// - Throws: `DescriptorError.invalidParameter`.
    public init(side: Int = 16) throws(DescriptorError) {
        try DescriptorError.require(1...4096 ~= side, "side", side, "1 to 4096")
        self.side = side
    }

    /// side² features, whatever the size.
    public func length(for size: Size) -> Int { side * side }

    /// - Complexity: O(pixels).
    public func features(of gray: Gray) -> [Float] {
        gray.resizedArea(to: Size(width: side, height: side)).pixels.map { Float($0) / 255 }
    }

    /// The same of a colour picture: red, green and blue of each pixel.
    public func features(of image: Image) -> [Float] {
        image.resizedArea(to: Size(width: side, height: side)).pixels.map { Float($0) / 255 }
    }
}
