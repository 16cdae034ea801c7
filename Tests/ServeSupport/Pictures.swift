import Imaging

/// Pictures drawn for `NamingDouble`, whose first pixel tells it what to find.
package enum Pictures {
    package static func image(faces: Int = 1, reason: Int = 0, score: Int = 94, width: Int = 64, height: Int = 48) -> Image {
        var pixels = [UInt8](repeating: 0, count: width * height * 3)
        for y in 0..<height {
            for x in 0..<width {
                let at = 3 * (y * width + x)
                pixels[at] = UInt8(40 + 160 * x / width)
                pixels[at + 1] = UInt8(60 + 120 * y / height)
                pixels[at + 2] = UInt8(110 + 60 * ((x / 16 + y / 16) % 2))
            }
        }
        (pixels[0], pixels[1], pixels[2]) = (UInt8(faces), UInt8(reason), UInt8(score))
        return Image(width: width, height: height, pixels: pixels)
    }

    package static func png(faces: Int = 1, reason: Int = 0, score: Int = 94, width: Int = 64, height: Int = 48) throws -> [UInt8] {
        try ImageFile.encodePNG(image(faces: faces, reason: reason, score: score, width: width, height: height))
    }

    /// The signature and IHDR of a 30,000 x 30,000 PNG, and nothing else: 45 bytes that ask for 2.7 GB.
    package static let hugePNG: [UInt8] =
        [
            0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30, 8, 2,
            0, 0, 0,
        ]
        + crc(of: [0x49, 0x48, 0x44, 0x52, 0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30, 8, 2, 0, 0, 0]) + [
            0, 0, 0, 0, 0x49, 0x44, 0x41, 0x54, 0x35, 0xAF, 0x06, 0x1E,
        ]

    /// The CRC of PNG chunks (ISO 3309), most significant byte first.
    private static func crc(of bytes: [UInt8]) -> [UInt8] {
        let value = ~bytes.reduce(0xFFFF_FFFF as UInt32) { crc, byte in
            (0..<8).reduce(crc ^ UInt32(byte)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
        }
        return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }

    /// A multipart body with one file for each entry.
    package static func multipart(
        _ files: [(field: String, name: String, bytes: [UInt8])], boundary: String = "xYzZy"
    ) -> [UInt8] {
        var body: [UInt8] = []
        for file in files {
            body += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(file.field)\"; filename=\"\(file.name)\"\r\n".utf8
            body += "Content-Type: application/octet-stream\r\n\r\n".utf8
            body += file.bytes
            body += "\r\n".utf8
        }
        return body + "--\(boundary)--\r\n".utf8
    }
}
