/// The EXIF chunk of a WebP. (WebP container specification: RIFF chunks padded to even length)
enum WebPExif {
    /// The TIFF structure, where there is one.
    static func find(in bytes: [UInt8]) -> ArraySlice<UInt8>? {
        let reader = ByteReader(bytes[...], isBigEndian: false)
        var offset = 12
        while let length = reader.u32(offset + 4) {
            if reader.has("EXIF", at: offset) {
                let exif = reader.slice(offset + 8, length: length)
                // Some writers keep JPEG's prefix.
                return exif.starts(with: "Exif\0\0".utf8) ? exif.dropFirst(6) : exif
            }
            offset += 8 + length + length % 2
        }
        return nil
    }
}
