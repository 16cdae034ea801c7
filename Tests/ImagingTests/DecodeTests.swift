import Foundation
import Imaging
import TestSupport
import Testing

@Suite struct DecodeTests {
    @Test func everyFixtureIsThere() {
        #expect(CodecFixture.all.count == 113)
        #expect(CodecFixture.all.map(\.bytes.count).max() ?? 0 < 1000)
    }

    @Test(arguments: CodecFixture.readable)
    func pixelsAreThoseOfOpenCV(fixture: CodecFixture) throws {
        let decoded = try ImageFile.decodeWithHeader(fixture.bytes)
        #expect(decoded.format == fixture.format)
        #expect(decoded.image.size == Size(width: fixture.width, height: fixture.height))
        #expect(decoded.image.pixels == [UInt8](try #require(fixture.rgb)))
    }

    @Test(arguments: CodecFixture.readable)
    func theHeaderTellsWhatDecodingGives(fixture: CodecFixture) throws {
        let header = try ImageFile.header(of: fixture.bytes)
        #expect(header.size == Size(width: fixture.width, height: fixture.height))
        #expect(header == (try ImageFile.decodeWithHeader(fixture.bytes).header))
    }

    @Test func theHeaderNeedsNoPixels() throws {
        let jpeg = try CodecFixture.named("jpeg 4:2:0")
        let png = try CodecFixture.named("png rgb 8")
        #expect(try ImageFile.header(of: Array(jpeg.dropLast(100))).size == Size(width: 13, height: 9))
        #expect(try ImageFile.header(of: Array(png.prefix(33))).size == Size(width: 13, height: 9))
    }

    @Test(.enabled(if: ImageFormat.webp.isBuiltIn, "built without the WebP trait"))
    func anAnimatedWebPIsNamed() throws {
        let animation = try CodecFixture.named("webp animation")
        #expect(throws: ImagingError.unsupported(.webp, variant: "an animation")) { try ImageFile.decode(animation) }
    }

    @Test(.enabled(if: !ImageFormat.webp.isBuiltIn, "built with the WebP trait"))
    func withoutItsLibraryWebPIsAnErrorOfItsOwn() throws {
        for fixture in CodecFixture.all where fixture.format == .webp {
            let error = #expect(throws: ImagingError.notBuiltIn(.webp)) { try ImageFile.decode(fixture.bytes) }
            #expect(error?.category == .notReadable)
            #expect(error?.description.contains("WebP") == true)
        }
    }

    /// The 281 photos; the table is OpenCV's (`Fixtures/make_photos.py`). Ten are WebP or PNG under other names.
    @Test(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
    func photosAreThoseOfOpenCV() throws {
        let table = String(decoding: try CodecFixture.text("photos.tsv"), as: UTF8.self).split(separator: "\n")
        #expect(table.count == 281)
        for line in SharedData.sampled(table) {
            let fields = line.split(separator: "\t").map(String.init)
            let bytes = try SharedData.bytes(of: fields[0])
            if ImageFormat(signatureOf: bytes)?.isBuiltIn == false { continue }
            let image = try ImageFile.decode(bytes)
            #expect("\(image.width) \(image.height)" == "\(fields[1]) \(fields[2])", "\(fields[0])")
            #expect(crc32(image.pixels) == UInt32(fields[3], radix: 16), "\(fields[0])")
        }
    }

    @Test func manyDecodersRunSideBySide() async throws {
        let fixtures = CodecFixture.readable
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask { try fixtures.allSatisfy { try ImageFile.decode($0.bytes).pixels == [UInt8]($0.rgb ?? Data()) } }
            }
            for try await same in group { #expect(same) }
        }
    }
}
