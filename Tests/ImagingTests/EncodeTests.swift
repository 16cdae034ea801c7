import Imaging
import TestSupport
import Testing

@Suite struct EncodeTests {
    static let sizes = [Size(width: 1, height: 1), Size(width: 7, height: 3), Size(width: 64, height: 65), Size(width: 301, height: 200)]

    private func noise(_ size: Size) -> Image {
        var random = SeededBytes(seed: 4)
        return Image(width: size.width, height: size.height, pixels: random.bytes(3 * size.area))
    }

    /// Slopes, which JPEG keeps well.
    private func slopes(_ size: Size) -> Image {
        var pixels: [UInt8] = []
        for y in 0..<size.height {
            for x in 0..<size.width {
                pixels.append(UInt8(x * 255 / size.width))
                pixels.append(UInt8(y * 255 / size.height))
                pixels.append(UInt8((x + y) * 255 / (size.width + size.height)))
            }
        }
        return Image(width: size.width, height: size.height, pixels: pixels)
    }

    @Test(arguments: sizes)
    func aPNGKeepsEveryByte(size: Size) throws {
        for image in [noise(size), slopes(size)] {
            let png = try ImageFile.encodePNG(image)
            #expect(ImageFormat(signatureOf: png) == .png)
            #expect(try ImageFile.decode(png) == image)
            #expect(try ImageFile.encodePNG(image) == png)
        }
        let gray = noise(size).grayscale()
        let decoded = try ImageFile.decode(try ImageFile.encodePNG(gray))
        #expect(decoded.pixels == gray.pixels.flatMap { [$0, $0, $0] })
    }

    @Test func plainPicturesGetSmall() throws {
        let plain = Image(width: 300, height: 200, pixels: (0..<180_000).map { UInt8($0 % 900 / 300 * 80) })
        #expect(try ImageFile.encodePNG(plain).count < plain.pixels.count / 200)
        #expect(try ImageFile.encodeJPEG(slopes(plain.size)).count < plain.pixels.count / 20)
    }

    /// Chroma is halved, so pictures of a few pixels, whose slopes are steep, are left out.
    @Test(arguments: sizes.suffix(2))
    func aJPEGComesClose(size: Size) throws {
        let image = slopes(size)
        let decoded = try ImageFile.decodeWithHeader(try ImageFile.encodeJPEG(image, quality: 95))
        #expect(decoded.format == .jpeg)
        #expect(decoded.image.size == size)
        #expect(meanDifference(decoded.image.pixels, image.pixels) < 3)
        let gray = image.grayscale()
        let decodedGray = try ImageFile.decode(try ImageFile.encodeJPEG(gray, quality: 95))
        #expect(meanDifference(decodedGray.pixels, gray.pixels.flatMap { [$0, $0, $0] }) < 2)
    }

    @Test func moreQualityIsMoreBytesAndLessError() throws {
        let image = noise(Size(width: 100, height: 80))
        let files = try [5, 50, 90, 100].map { try ImageFile.encodeJPEG(image, quality: $0) }
        let errors = try files.map { meanDifference(try ImageFile.decode($0).pixels, image.pixels) }
        #expect(files.map(\.count) == files.map(\.count).sorted())
        #expect(errors == errors.sorted(by: >))
    }

    @Test(arguments: [0, 101, -3])
    func aQualityOutOfRangeIsAnError(quality: Int) {
        #expect(throws: ImagingError.invalidParameter(name: "quality", value: "\(quality)", allowed: "1 to 100")) {
            try ImageFile.encodeJPEG(noise(Size(width: 3, height: 3)), quality: quality)
        }
    }

    @Test func aSideTooLongForJPEGIsAnError() throws {
        let strip = Image(width: 65_501, height: 1, pixels: Array(repeating: 9, count: 3 * 65_501))
        let error = #expect(throws: ImagingError.self) { try ImageFile.encodeJPEG(strip) }
        #expect(error == .cannotEncode(.jpeg, detail: "a side of 65501x1 is longer than 65,500 pixels"))
        #expect(error?.category == .failed)
        #expect(try ImageFile.decode(try ImageFile.encodePNG(strip)) == strip)
    }

    private func meanDifference(_ a: [UInt8], _ b: [UInt8]) -> Double {
        Double(zip(a, b).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }) / Double(a.count)
    }
}
