/// The EXIF chunk of a WebP. (WebP container specification: RIFF chunks padded to even length, VP8X first where there are others than
/// pixels)
enum WebPExif {
    /// The TIFF structure, where the VP8X chunk says that there is one; without that it is not obeyed.
    static func find(in bytes: ByteReader) -> [ByteReader] {
        let reader = ByteReader(bytes.bytes, isBigEndian: false)
        guard reader.has("VP8X", at: 12), let flags = reader.u8(20), flags & 0x08 != 0 else { return [] }
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
