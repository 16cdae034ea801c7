import Imaging
import TestSupport
import Testing

@Suite struct OrientationTests {
    /// Where the seen pixel (x, y) lies in the stored picture of w x h, from the EXIF standard's table: which stored edge is
    /// seen at the top and which at the left.
    private func stored(_ x: Int, _ y: Int, _ w: Int, _ h: Int, _ orientation: Orientation) -> (x: Int, y: Int) {
        switch orientation {
        case .asStored: (x, y)
        case .flippedLeftRight: (w - 1 - x, y)
        case .turnedHalf: (w - 1 - x, h - 1 - y)
        case .flippedTopBottom: (x, h - 1 - y)
        case .transposed: (y, x)
        case .turnedRight: (y, h - 1 - x)
        case .transposedAndTurnedHalf: (w - 1 - y, h - 1 - x)
        case .turnedLeft: (w - 1 - y, x)
        }
    }

    @Test(
        arguments: Orientation.allCases,
        [Size(width: 1, height: 1), Size(width: 5, height: 1), Size(width: 32, height: 33), Size(width: 70, height: 45)])
    func everyPixelGoesWhereTheStandardSays(orientation: Orientation, size: Size) {
        var random = SeededBytes(seed: 8)
        let image = Image(width: size.width, height: size.height, pixels: random.bytes(3 * size.area))
        let turned = image.applying(orientation)
        #expect(turned.width == (orientation.swapsAxes ? size.height : size.width))
        #expect(turned.height == (orientation.swapsAxes ? size.width : size.height))
        let expected = (0..<turned.height).flatMap { y in
            (0..<turned.width).flatMap { x in
                let from = stored(x, y, size.width, size.height, orientation)
                return image.pixels[3 * (from.y * size.width + from.x)..<3 * (from.y * size.width + from.x) + 3]
            }
        }
        #expect(turned.pixels == expected)
    }

    @Test(arguments: ["jpeg EXIF II", "jpeg EXIF MM", "png eXIf", "webp EXIF"])
    func theStoredValueIsReported(kind: String) throws {
        for value in 1...8 where ImageFormat.webp.isBuiltIn || !kind.hasPrefix("webp") {
            let header = try ImageFile.header(of: try CodecFixture.named("\(kind) \(value)"))
            #expect(header.orientation.rawValue == value)
            #expect(header.storedSize == Size(width: 5, height: 4))
            #expect(header.size == (value < 5 ? Size(width: 5, height: 4) : Size(width: 4, height: 5)))
        }
    }

    /// The pixels of each of these equal OpenCV's in `DecodeTests`; here is what was read.
    @Test(arguments: [
        ("jpeg EXIF II 0", 1), ("jpeg EXIF MM 9", 1), ("jpeg orientation as a LONG reads 0", 1),
        ("jpeg orientation after a maker's name outside", 1), ("jpeg orientation after a short maker's name", 6),
        ("jpeg orientation after a fraction outside", 1), ("jpeg orientation before a maker's name outside", 6),
        ("jpeg orientation after an unknown entry outside", 6), ("jpeg orientation twice", 6), ("jpeg orientation missing", 1),
        ("jpeg EXIF after XMP", 6), ("jpeg EXIF after an empty EXIF", 6), ("jpeg EXIF cut in its directory", 1),
        ("png eXIf after the pixels", 6),
    ])
    func oddDirectories(name: String, value: Int) throws {
        #expect(try ImageFile.header(of: try CodecFixture.named(name)).orientation.rawValue == value)
    }

    @Test(.enabled(if: ImageFormat.webp.isBuiltIn, "built without the WebP trait"))
    func aWebPsEXIFCountsOnlyWhereItsHeaderSaysSo() throws {
        var bytes = try CodecFixture.named("webp EXIF 6")
        #expect(bytes[12..<16].elementsEqual("VP8X".utf8))
        #expect(try ImageFile.header(of: bytes).orientation == .turnedRight)
        bytes[20] &= ~0x08
        let decoded = try ImageFile.decodeWithHeader(bytes)
        #expect(decoded.orientation == .asStored)
        #expect(decoded.image.size == Size(width: 5, height: 4))
    }

    /// Every byte of an EXIF block replaced by extremes: offsets and counts that point far outside change nothing but the turn.
    @Test func wildOffsetsAreHarmless() throws {
        let bytes = try CodecFixture.named("jpeg EXIF MM 6")
        let upright = try ImageFile.decode(try CodecFixture.named("jpeg EXIF MM 1"))
        let turns = Orientation.allCases.map { upright.applying($0) }
        for offset in 12..<38 {
            for value: UInt8 in [0, 1, 0x7F, 0x80, 0xFF] {
                var wild = bytes
                wild[offset] = value
                #expect(turns.contains(try ImageFile.decode(wild)), "\(value) at \(offset)")
            }
        }
    }
}
