import Imaging

extension FuzzTarget {
    /// Any bytes.
    static let image = FuzzTarget(name: "image", run: decode)
    /// Bytes that begin like a JPEG.
    static let jpeg = FuzzTarget(name: "jpeg") { decode([0xFF, 0xD8, 0xFF] + $0.dropFirst(3)) }
    /// Bytes that begin like a PNG, with the checksum of each chunk set right: otherwise nothing gets past the first.
    static let png = FuzzTarget(name: "png") { decode(repairedPNG([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + $0.dropFirst(8))) }
    /// Bytes that begin like a WebP.
    static let webp = FuzzTarget(name: "webp") { bytes in
        decode(Array("RIFF".utf8) + bytes.dropFirst(4).prefix(4) + Array("WEBP".utf8) + bytes.dropFirst(12))
    }

    private static let limits = ImageLimits(maximumPixels: 1 << 16)

    /// A file decoded in every way; what one way gives has to agree with the others.
    private static func decode(_ bytes: [UInt8]) {
        guard let photo = try? EncodedImage(bytes, limits: limits), let whole = try? photo.decode() else { return }
        precondition(whole.size == photo.size, "the header says \(photo.size), the picture is \(whole.size)")
        for reduction in Reduction.allCases {
            if let small = try? photo.decode(reducedBy: reduction) { precondition(small.size == reduction.size(of: whole.size)) }
            if let gray = try? photo.decodeGray(reducedBy: reduction) { precondition(gray.size == reduction.size(of: whole.size)) }
        }
        let region = Rect(
            x: whole.width / 3, y: whole.height / 4, width: (whole.width + 1) / 2, height: (whole.height + 1) / 2)
        if let part = try? photo.decode(region: region) { precondition(part.size == region.size) }
        if let png = try? ImageFile.encodePNG(whole), let again = try? ImageFile.decode(png) { precondition(again == whole) }
    }
}

/// A PNG whose chunks' checksums (ISO 3309) fit their bytes.
private func repairedPNG(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    var offset = 8
    while offset + 12 <= bytes.count {
        let length = bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
        let end = offset + 8 + length
        guard end + 4 <= bytes.count else { break }
        let sum = crc32(bytes[offset + 4..<end])
        for i in 0..<4 { bytes[end + i] = UInt8(truncatingIfNeeded: sum >> UInt32(24 - 8 * i)) }
        offset = end + 4
    }
    return bytes
}

private func crc32(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    ~bytes.reduce(~UInt32(0)) { crc, byte in
        (0..<8).reduce(crc ^ UInt32(byte)) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
}
