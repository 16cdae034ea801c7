import Imaging

extension FuzzTarget {
    /// Any bytes.
    static let image = FuzzTarget(name: "image", run: decode)
    /// Bytes that begin like a JPEG.
    static let jpeg = FuzzTarget(name: "jpeg") { try decode([0xFF, 0xD8, 0xFF] + $0.dropFirst(3)) }
    /// Bytes that begin like a PNG, with the checksum of each chunk set right: otherwise nothing gets past the first.
    static let png = FuzzTarget(name: "png") { bytes in
        try decode(repairedPNG([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + bytes.dropFirst(8)))
    }
    /// Bytes that begin like a WebP.
    static let webp = FuzzTarget(name: "webp") { bytes in
        try decode(Array("RIFF".utf8) + bytes.dropFirst(4).prefix(4) + Array("WEBP".utf8) + bytes.dropFirst(12))
    }

    private static let limits = ImageLimits(maximumPixels: 1 << 16)

    /// A file decoded in every way; what one way gives has to agree with the others.
    private static func decode(_ bytes: [UInt8]) throws {
        guard let photo: EncodedImage = try orRefused({ () throws(ImagingError) in try EncodedImage(bytes, limits: limits) }),
            let whole: Image = try orRefused({ () throws(ImagingError) in try photo.decode() })
        else { return }
        try require(whole.size == photo.size, "the header says \(photo.size), the picture is \(whole.size)")
        for reduction in Reduction.allCases {
            let size = reduction.size(of: whole.size)
            let small = try orRefused { () throws(ImagingError) in try photo.decode(reducedBy: reduction) }
            try require(small.map { $0.size == size } ?? true, "reduced by \(reduction), \(whole.size) is not \(size)")
            let gray = try orRefused { () throws(ImagingError) in try photo.decodeGray(reducedBy: reduction) }
            try require(gray.map { $0.size == size } ?? true, "gray reduced by \(reduction), \(whole.size) is not \(size)")
        }
        let region = Rect(x: whole.width / 3, y: whole.height / 4, width: (whole.width + 1) / 2, height: (whole.height + 1) / 2)
        let part = try orRefused { () throws(ImagingError) in try photo.decode(region: region) }
        try require(part.map { $0 == whole.cropped(to: region) } ?? true, "the part \(region) of \(whole.size) is another one")
        try require(try ImageFile.decode(try ImageFile.encodePNG(whole)) == whole, "written as PNG and read again it is another picture")
    }

    /// Nil where the bytes are refused for what they are.
    /// - Throws: what is not the bytes' fault.
    private static func orRefused<Value>(_ body: () throws(ImagingError) -> Value) throws(ImagingError) -> Value? {
        do {
            return try body()
        } catch {
            if error.category == .failed { throw error }
            return nil
        }
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
    var crc = ~UInt32(0)
    for byte in bytes {
        crc ^= UInt32(byte)
        for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
}
