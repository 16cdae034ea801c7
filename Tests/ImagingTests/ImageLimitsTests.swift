import Imaging
import Synchronization
import TestSupport
import Testing

@Suite struct ImageLimitsTests {
    /// A PNG's signature and first chunk alone.
    private func pngHeader(width: UInt32, height: UInt32) -> [UInt8] {
        let chunk = Array("IHDR".utf8) + bigEndian(width) + bigEndian(height) + [8, 2, 0, 0, 0]
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + chunk + bigEndian(crc32(chunk))
    }

    private func bigEndian(_ value: UInt32) -> [UInt8] {
        withUnsafeBytes(of: value.bigEndian) { Array($0) }
    }

    /// `jpeg` with another size in its frame header.
    private func jpeg(_ jpeg: [UInt8], width: Int, height: Int) throws -> [UInt8] {
        var bytes = jpeg
        let frame = try #require(bytes.indices.dropLast().first { bytes[$0] == 0xFF && [0xC0, 0xC2].contains(bytes[$0 + 1]) })
        bytes.replaceSubrange(
            frame + 5..<frame + 9, with: [UInt8(height >> 8), UInt8(height & 255), UInt8(width >> 8), UInt8(width & 255)])
        return bytes
    }

    @Test func aHeaderOfNineHundredMillionPixelsIsRefused() {
        let error = #expect(throws: ImagingError.tooLarge(width: 30_000, height: 30_000, limit: 100_000_000)) {
            try ImageFile.decode(pngHeader(width: 30_000, height: 30_000))
        }
        #expect(error?.category == .tooLarge)
        #expect(
            error?.description == "30000 x 30000 is more than the limit of 100000000 pixels: scale the picture down or raise the limit")
    }

    @Test func aHugeJPEGFrameIsRefused() throws {
        for name in ["jpeg 4:2:0", "jpeg 4:4:4 progressive"] {
            let bytes = try jpeg(try CodecFixture.named(name), width: 65_535, height: 65_535)
            #expect(throws: ImagingError.tooLarge(width: 65_535, height: 65_535, limit: 100_000_000)) { try ImageFile.decode(bytes) }
        }
    }

    @Test func aLongSideIsRefusedThoughThePixelsAreFew() {
        for (width, height) in [(90_000_000, 1), (1, 90_000_000), (1_048_576, 95), (2_000_000, 1000)] as [(UInt32, UInt32)] {
            let error = #expect(throws: ImagingError.self) { try ImageFile.decode(pngHeader(width: width, height: height)) }
            #expect(error == .sideTooLong(width: Int(width), height: Int(height), limit: 65_536))
            #expect(error?.category == .tooLarge)
            #expect(error?.description == "a side of \(width) x \(height) is longer than 65536 pixels: scale the picture down")
        }
        let strip = pngHeader(width: 70_000, height: 2)
        let error = #expect(throws: ImagingError.self) { try ImageFile.decode(strip, limits: ImageLimits(maximumSide: 70_000)) }
        #expect(error?.category == .damaged, "the limit is the caller's; this file has no pixels")
    }

    @Test func sizesNoFormatAllowsAreDamage() throws {
        for (width, height) in [(UInt32.max, UInt32.max), (0, 7), (7, 0), (1 << 31, 1)] {
            let error = #expect(throws: ImagingError.self) { try ImageFile.decode(pngHeader(width: width, height: height)) }
            #expect(error?.category == .damaged)
        }
        let flat = try jpeg(try CodecFixture.named("jpeg gray"), width: 13, height: 0)
        let error = #expect(throws: ImagingError.self) { try ImageFile.decode(flat) }
        #expect(error?.category == .damaged)
    }

    @Test(arguments: CodecFixture.readable.filter { $0.width == 13 })
    func theLimitIsExact(fixture: CodecFixture) throws {
        #expect(throws: ImagingError.tooLarge(width: 13, height: 9, limit: 116)) {
            try ImageFile.decode(fixture.bytes, limits: ImageLimits(maximumPixels: 116))
        }
        #expect(try ImageFile.decode(fixture.bytes, limits: ImageLimits(maximumPixels: 117)).width == 13)
    }

    /// A progressive file whose first scan stands there a thousand times: few bytes, much work.
    @Test func aThousandScansAreRefused() throws {
        let bytes = try CodecFixture.named("jpeg gray progressive")
        let scan = try #require(bytes.indices.dropLast().first { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xDA })
        let next = try #require((scan + 2..<bytes.count - 1).first { bytes[$0] == 0xFF && bytes[$0 + 1] != 0 })
        let repeated = { (count: Int) in
            Array(bytes[..<scan]) + Array(repeating: bytes[scan..<next], count: count).joined() + Array(bytes[next...])
        }
        #expect(try ImageFile.decode(repeated(1)) == ImageFile.decode(bytes))
        #expect(throws: ImagingError.damaged(.jpeg, detail: "more than 100 scans")) { try ImageFile.decode(repeated(1000)) }
    }

    @Test func kindsOfJPEGThatAreNotReadAreNamed() throws {
        let gray = try CodecFixture.named("jpeg gray")
        let frame = try #require(gray.indices.dropLast().first { gray[$0] == 0xFF && gray[$0 + 1] == 0xC0 })
        for (offset, value, variant) in [
            (1, 0xC3, "lossless"), (1, 0xC5, "hierarchical"), (4, 12, "12 bits a sample"), (9, 2, "2 colour components"),
        ] {
            var bytes = gray
            bytes[frame + offset] = UInt8(value)
            let error = #expect(throws: ImagingError.unsupported(.jpeg, variant: variant)) { try ImageFile.decode(bytes) }
            #expect(error?.category == .notReadable)
        }
    }

    /// A decoder asks on its way whether anybody still waits, and stops where nobody does.
    @Test(arguments: ["jpeg 4:2:0", "jpeg 4:4:4 progressive", "jpeg CMYK", "png rgb 8", "png palette 4 interlaced", "webp lossless"])
    func decodingEndsWhenItIsAskedTo(kind: String) throws {
        guard ImageFormat.webp.isBuiltIn || !kind.hasPrefix("webp") else { return }
        let bytes = try CodecFixture.named(kind)
        let asked = Mutex(0)
        var photo = try EncodedImage(bytes)
        photo.isCancelled = {
            asked.withLock { $0 += 1 }
            return false
        }
        #expect(try photo.decode() == ImageFile.decode(bytes))
        let questions = asked.withLock { $0 }
        #expect(questions >= (kind.hasPrefix("webp") ? 1 : 2))
        for last in 1...questions {
            asked.withLock { $0 = 0 }
            photo.isCancelled = {
                asked.withLock { asked in
                    asked += 1
                    return asked >= last
                }
            }
            #expect(throws: ImagingError.cancelled, "the question \(last) of \(questions)") { try photo.decode() }
            #expect(asked.withLock { $0 } == last)
        }
    }
}
