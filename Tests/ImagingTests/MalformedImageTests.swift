import Imaging
import TestSupport
import Testing

@Suite struct MalformedImageTests {
    static let kinds = [
        "jpeg 4:2:0", "jpeg 4:4:4 progressive", "jpeg gray", "jpeg CMYK", "jpeg restart markers", "jpeg EXIF MM 6", "png rgb 8",
        "png palette 4 interlaced", "png gray 16", "png with side chunks", "png eXIf 6", "webp lossy alpha", "webp lossless",
        "webp EXIF 6",
    ].filter { ImageFormat.webp.isBuiltIn || !$0.hasPrefix("webp") }

    /// What may be missing at the end: a JPEG's end marker, a PNG's IEND.
    private func tail(of kind: String) -> Int { kind.hasPrefix("jpeg") ? 2 : kind.hasPrefix("png") ? 12 : 0 }

    @Test(arguments: kinds)
    func everyTruncationBeforeTheLastPixelIsDamageAfterTheSignature(kind: String) throws {
        let bytes = try CodecFixture.named(kind)
        let signature = kind.hasPrefix("jpeg") ? 3 : kind.hasPrefix("png") ? 8 : 12
        for count in 0..<bytes.count - tail(of: kind) {
            let error = #expect(throws: ImagingError.self) { try ImageFile.decode(Array(bytes.prefix(count))) }
            #expect(
                error?.category == (count < signature ? .notReadable : .damaged),
                "\(count) of \(bytes.count) bytes: \(String(describing: error))"
            )
        }
    }

    @Test(arguments: kinds)
    func faultsBehindTheLastPixelDoNotMatter(kind: String) throws {
        let bytes = try CodecFixture.named(kind)
        let whole = try ImageFile.decode(bytes)
        for count in bytes.count - tail(of: kind)...bytes.count {
            #expect(try ImageFile.decode(Array(bytes.prefix(count))) == whole, "\(count) of \(bytes.count) bytes")
        }
        // A camera maker's trailer, with what looks like another picture's start in it.
        var trailer = [UInt8]("maker's trailer".utf8)
        trailer += [0xFF, 0xD8, 0xFF, 0xE1, 0, 40] as [UInt8]
        trailer += [UInt8]("more of it".utf8)
        if kind.hasPrefix("jpeg") { #expect(try ImageFile.decode(bytes.dropLast(2) + trailer) == whole) }
        if kind.hasPrefix("png") {
            var wrong = bytes
            wrong[bytes.count - 1] ^= 1
            #expect(try ImageFile.decode(wrong) == whole, "IEND's checksum")
            #expect(try ImageFile.decode(bytes.dropLast(12) + trailer) == whole)
        }
    }

    /// A progressive file that ends between two of its scans lacks coefficients, though every scan in it is whole.
    @Test func aProgressiveFileWithoutItsLastScanIsDamaged() throws {
        for kind in ["jpeg 4:4:4 progressive", "jpeg gray progressive", "jpeg CMYK progressive"] {
            let bytes = try CodecFixture.named(kind)
            let scan = try #require(bytes.indices.dropLast().last { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xDA })
            let error = #expect(throws: ImagingError.self) { try ImageFile.decode(Array(bytes[..<scan])) }
            #expect(error == .damaged(.jpeg, detail: "the file ends before the picture is complete"))
        }
    }

    @Test func aPNGForIOSIsNamed() throws {
        var bytes = try CodecFixture.named("png rgb 8")
        let chunk = [UInt8]("CgBI".utf8) + ([0x50, 0, 0x20, 2] as [UInt8])
        let checksum: [UInt8] = withUnsafeBytes(of: crc32(chunk).bigEndian) { [UInt8]($0) }
        let length: [UInt8] = [0, 0, 0, 4]
        bytes.insert(contentsOf: length + chunk + checksum, at: 8)
        let error = #expect(throws: ImagingError.self) { try ImageFile.decode(bytes) }
        #expect(error?.category == .notReadable)
        #expect(
            error?.description
                == "this PNG was made for iOS apps (CgBI), which only Apple's software reads: save it as an ordinary PNG")
    }

    /// Flips that leave a legal file decode to some picture; the others must throw. What is tested is that nothing else happens.
    @Test(arguments: kinds)
    func flippedBitsGiveAPictureOrAnError(kind: String) throws {
        let bytes = try CodecFixture.named(kind)
        var random = SeededBytes(seed: 2)
        var refused = 0
        for round in 0..<400 {
            var broken = bytes
            for _ in 0...(round % 3) {
                broken[Int.random(in: 0..<bytes.count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            }
            do {
                let image = try ImageFile.decode(broken, limits: ImageLimits(maximumPixels: 1_000_000))
                #expect(image.pixels.count == 3 * image.width * image.height)
            } catch {
                refused += 1
                #expect(error.category != .failed, "\(error)")
            }
        }
        #expect(refused > 0)
        // Only PNG carries checksums over everything.
        #expect(kind.hasPrefix("png") || refused < 400)
    }

    @Test func randomBytesBehindEachSignatureAreDamage() {
        var random = SeededBytes(seed: 3)
        let signatures: [[UInt8]] = [[0xFF, 0xD8, 0xFF], [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]]
        for signature in signatures {
            for count in [0, 1, 2, 7, 30, 300, 3000] {
                let error = #expect(throws: ImagingError.self) { try ImageFile.decode(signature + random.bytes(count)) }
                #expect(error?.category == .damaged)
            }
        }
    }

    @Test func damageInsideAScanIsNotPaintedOver() throws {
        var bytes = try CodecFixture.named("jpeg restart markers")
        let marker = try #require(bytes.indices.dropLast().last { bytes[$0] == 0xFF && (0xD0...0xD7).contains(bytes[$0 + 1]) })
        bytes[marker + 1] ^= 1
        #expect(throws: ImagingError.self) { try ImageFile.decode(bytes) }
    }

    @Test func thePNGsChecksumsCount() throws {
        var bytes = try CodecFixture.named("png rgb 8")
        bytes[bytes.count - 14] ^= 1  // the last byte of IDAT's CRC is just before IEND's twelve
        let error = #expect(throws: ImagingError.self) { try ImageFile.decode(bytes) }
        #expect(error == .damaged(.png, detail: "IDAT: CRC error"))
        #expect(error?.description == "the PNG is damaged (IDAT: CRC error): get the original again")
    }
}
