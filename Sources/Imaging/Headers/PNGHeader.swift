/// Size and EXIF of a PNG. (PNG specification, 5.3 chunk layout, 11.2.2 IHDR, 11.3.4.4 eXIf)
struct PNGHeader {
    var size: Size?
    var exif: [ByteReader] = []
    /// Whether it is what Apple's tools make of a PNG for iOS: other headers and pixels under the same signature.
    var isForIOS = false

    init(_ reader: ByteReader) {
        isForIOS = reader.has("CgBI", at: 12)
        guard reader.has("IHDR", at: 12), let width = reader.u32(16), let height = reader.u32(20) else { return }
        size = Size(width: width, height: height)
        var offset = 8
        while let length = reader.u32(offset), !reader.has("IEND", at: offset + 4) {
            if reader.has("eXIf", at: offset + 4) {
                exif = [reader.slice(offset + 8, length: length)]
                return
            }
            offset += 12 + length
        }
    }
}
