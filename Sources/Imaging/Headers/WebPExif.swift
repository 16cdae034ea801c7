/// The EXIF chunk of a WebP. (WebP container specification: RIFF chunks padded to even length)
enum WebPExif {
    /// The TIFF structure, where there is one.
    static func find(in bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        let reader = ByteReader(bytes[...], isBigEndian: false)
        var offset = 12
        while let length = reader.u32(offset + 4) {
            if reader.has("EXIF", at: offset) {
                return [reader.slice(offset + 8, length: length)]
            }
            offset += 8 + length + length % 2
        }
        return []
    }
}
