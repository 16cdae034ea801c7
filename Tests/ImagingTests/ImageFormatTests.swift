import Imaging
import Testing

@Suite struct ImageFormatTests {
    @Test(arguments: CodecFixture.all)
    func theFormatIsInTheBytes(fixture: CodecFixture) {
        #expect(ImageFormat(signatureOf: fixture.bytes) == fixture.format)
    }

    static let foreign: [(start: [UInt8], seen: ForeignFormat)] = [
        ([], .empty),
        (Array("GIF89a\u{1}\0\u{1}\0".utf8), .gif),
        (Array("GIF87a".utf8), .gif),
        (Array("BM\u{36}\0\0\0".utf8), .bmp),
        (Array("II*\0\u{8}\0\0\0".utf8), .tiff),
        (Array("MM\0*\0\0\0\u{8}".utf8), .tiff),
        (Array("\0\0\0\u{18}ftypheic\0\0\0\0".utf8), .heic),
        (Array("\0\0\0\u{18}ftypmif1\0\0\0\0".utf8), .heic),
        (Array("\0\0\0\u{1C}ftypavif\0\0\0\0".utf8), .avif),
        (Array("\0\0\0\u{18}ftypisom\0\0\0\0".utf8), .video),
        ([0xFF, 0x0A, 0x00], .jpegXL),
        ([0, 0, 0, 12, 0x4A, 0x58, 0x4C, 0x20, 0x0D, 0x0A, 0x87, 0x0A], .jpegXL),
        ([0, 0, 0, 12, 0x6A, 0x50, 0x20, 0x20, 0x0D, 0x0A, 0x87, 0x0A], .jpeg2000),
        ([0, 0, 1, 0, 1, 0], .icon),
        (Array("8BPS\0\u{1}".utf8), .photoshop),
        (Array("%PDF-1.7\n".utf8), .pdf),
        (Array("<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>".utf8), .svg),
        (Array("  <svg width=\"3\"/>".utf8), .svg),
        (Array("<?xml version=\"1.0\"?><opencv_storage/>".utf8), .xml),
        (Array("\u{FEFF}<!DOCTYPE html><title>403</title>".utf8), .html),
        (Array("\n<HTML>".utf8), .html),
        ([0x50, 0x4B, 3, 4, 20, 0], .zip),
        ([0x1F, 0x8B, 8, 0], .gzip),
        (Array("just words\r\n\tand more".utf8), .text),
        (Array(String(repeating: "größe 写真 ", count: 40).utf8), .text),
        (Array("RIFF\0\0\0\0WAVE".utf8), .unknown),
        ([0xFF, 0xD8], .unknown),
        ([0x89, 0x50, 0x4E, 0x47], .unknown),
        ([0, 0, 0, 0], .unknown),
        ([0x41, 0x80, 0x81, 0x82, 0x41, 0x41, 0x41, 0x41], .unknown),
    ]

    @Test(arguments: foreign)
    func whatIsNoPictureIsNamed(start: [UInt8], seen: ForeignFormat) {
        #expect(ForeignFormat(of: start) == seen)
        let error = #expect(throws: ImagingError.unknownFormat(seen)) { try ImageFile.decode(start) }
        #expect(error?.category == .notReadable)
        #expect(error?.description.contains(seen == .empty ? "empty" : seen == .unknown ? "no picture" : seen.rawValue) == true)
        #expect(error?.description.contains("JPEG, PNG") == true)
    }

    @Test func cuttingACharacterInTwoLeavesItText() {
        let text = Array(String(repeating: "写真", count: 100).utf8)
        for count in 256...262 { #expect(ForeignFormat(of: Array(text.prefix(count))) == .text) }
    }

    @Test func namesForPeopleAndProtocols() {
        #expect(ImageFormat.allCases.map(\.name) == ["JPEG", "PNG", "WebP"])
        #expect(ImageFormat.allCases.map(\.mediaType) == ["image/jpeg", "image/png", "image/webp"])
        #expect(ImageFormat.allCases.map(\.fileExtension) == ["jpg", "png", "webp"])
        #expect(ImageFormat.builtIn.starts(with: [.jpeg, .png]))
    }
}
