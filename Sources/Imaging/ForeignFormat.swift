/// What bytes that are no picture read here look like: named in error messages, so that people know what they sent.
public enum ForeignFormat: String, CaseIterable, Hashable, Sendable {
    case empty = "an empty file"
    case gif = "GIF"
    case bmp = "BMP"
    case tiff = "TIFF"
    case heic = "HEIC"
    case avif = "AVIF"
    case jpegXL = "JPEG XL"
    case jpeg2000 = "JPEG 2000"
    case icon = "a Windows icon"
    case photoshop = "a Photoshop document"
    case video = "MP4 or QuickTime video"
    case pdf = "PDF"
    case svg = "SVG"
    case html = "HTML"
    case xml = "XML"
    case zip = "a ZIP archive"
    case gzip = "a gzip archive"
    case text = "text"
    case unknown = "an unknown format"

    /// The format that the first bytes of a file announce; at most 256 of them are looked at.
    public init(of bytes: [UInt8]) {
        let start = bytes.prefix(256)
        if start.isEmpty {
            self = .empty
        } else if let known = Self.signatures.first(where: { start.starts(with: $0.bytes) }) {
            self = known.format
        } else if start.dropFirst(4).starts(with: "ftyp".utf8) {
            self = Self.isoMedia(brand: start.dropFirst(8).prefix(4))
        } else {
            self = Self.written(start)
        }
    }

    private static let signatures: [(bytes: [UInt8], format: ForeignFormat)] = [
        (Array("GIF8".utf8), .gif),
        (Array("BM".utf8), .bmp),
        (Array("II*\0".utf8), .tiff),
        (Array("MM\0*".utf8), .tiff),
        ([0xFF, 0x0A], .jpegXL),
        ([0, 0, 0, 12, 0x4A, 0x58, 0x4C, 0x20], .jpegXL),
        ([0, 0, 0, 12, 0x6A, 0x50, 0x20, 0x20], .jpeg2000),
        ([0xFF, 0x4F, 0xFF, 0x51], .jpeg2000),
        ([0, 0, 1, 0], .icon),
        (Array("8BPS".utf8), .photoshop),
        (Array("%PDF-".utf8), .pdf),
        ([0x50, 0x4B, 3, 4], .zip),
        ([0x1F, 0x8B], .gzip),
    ]

    /// The formats of the ISO base media family by their major brand (ISO/IEC 14496-12, 23008-12; AVIF specification).
    private static func isoMedia(brand: ArraySlice<UInt8>) -> ForeignFormat {
        switch String(decoding: brand, as: UTF8.self) {
        case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1": .heic
        case "avif", "avis": .avif
        default: .video
        }
    }

    private static func written(_ start: ArraySlice<UInt8>) -> ForeignFormat {
        // The prefix may end inside a character; every byte of a longer UTF-8 character is above 127.
        guard start.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || (9...13).contains($0) }),
            start.prefix(252).filter({ $0 < 0x80 }).count * 2 > min(start.count, 252)
        else { return .unknown }
        let text = String(decoding: start, as: UTF8.self).drop { $0.isWhitespace || $0 == "\u{FEFF}" }.lowercased()
        if text.contains("<svg") { return .svg }
        if text.hasPrefix("<!doctype html") || text.hasPrefix("<html") { return .html }
        return text.hasPrefix("<?xml") ? .xml : .text
    }
}
