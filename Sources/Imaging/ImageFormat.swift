import CCodecs

/// The file formats read here. A format is known by a file's first bytes, never by its name.
public enum ImageFormat: String, CaseIterable, Hashable, Sendable, Codable {
    /// JPEG, baseline or progressive.
    case jpeg
    /// PNG.
    case png
    /// WebP, where the package was built with libwebp.
    case webp

    /// The format whose signature starts `bytes`: FF D8 FF for JPEG, the eight bytes of PNG, "RIFF", four bytes of length and
    /// "WEBP" for WebP; nil for everything else.
    public init?(signatureOf bytes: [UInt8]) {
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = .png
        } else if bytes.starts(with: "RIFF".utf8), bytes.dropFirst(8).starts(with: "WEBP".utf8) {
            self = .webp
        } else {
            return nil
        }
    }

    /// Whether this build decodes the format. JPEG and PNG always; WebP with the package's WebP trait.
    public var isBuiltIn: Bool { self != .webp || lineup_webp_is_built_in() }

    /// The formats this build decodes.
    public static var builtIn: [ImageFormat] { allCases.filter(\.isBuiltIn) }

    /// The name people know it by: "JPEG", "PNG", "WebP".
    public var name: String {
        switch self {
        case .jpeg: "JPEG"
        case .png: "PNG"
        case .webp: "WebP"
        }
    }

    /// The registered media type: "image/jpeg".
    public var mediaType: String { "image/\(rawValue)" }

    /// The usual extension of a file's name, without the dot: "jpg".
    public var fileExtension: String { self == .jpeg ? "jpg" : rawValue }
}
