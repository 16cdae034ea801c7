/// What bytes that are no picture read here look like: named in error messages, so that people know what they sent.
public enum ForeignFormat: String, CaseIterable, Hashable, Sendable {
    /// No bytes.
    case empty = "an empty file"
    /// GIF 87a or 89a.
    case gif = "GIF"
    /// A Windows bitmap.
    case bmp = "BMP"
    /// TIFF of either byte order; camera raw files are such.
    case tiff = "TIFF"
    /// HEIC or HEIF, as iPhones write.
    case heic = "HEIC"
    /// AVIF.
    case avif = "AVIF"
    /// JPEG XL, bare or in its container.
    case jpegXL = "JPEG XL"
    /// JPEG 2000, bare or in its container.
    case jpeg2000 = "JPEG 2000"
    /// An icon or cursor of Windows.
    case icon = "a Windows icon"
    /// A Photoshop document.
    case photoshop = "a Photoshop document"
    /// MP4, QuickTime or another film in the ISO container.
    case video = "MP4 or QuickTime video"
    /// PDF.
    case pdf = "PDF"
    /// SVG, a drawing as text.
    case svg = "SVG"
    /// A web page.
    case html = "HTML"
    /// XML other than SVG.
    case xml = "XML"
    /// A ZIP archive, office documents included.
    case zip = "a ZIP archive"
    /// A gzip archive.
    case gzip = "a gzip archive"
    /// Text of no format known here.
    case text = "text"
    /// Anything else.
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
        let text = String(decoding: start, as: UTF8.self)
        // 256 bytes of a longer text may end inside a character, which then reads as U+FFFD.
        guard start.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || (9...13).contains($0) }),
            !text.dropLast(start.count < 256 ? 0 : 3).contains("\u{FFFD}")
        else { return .unknown }
        let begin = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" }.lowercased()
        if begin.contains("<svg") { return .svg }
        if begin.hasPrefix("<!doctype html") || begin.hasPrefix("<html") { return .html }
        return begin.hasPrefix("<?xml") ? .xml : .text
    }
}
