/// A marker with its length and payload. Bytes between segments are skipped, as libjpeg does.
struct JPEGSegment {
    let marker: Int
    let payload: ByteReader
    let end: Int

    init?(_ reader: ByteReader, from start: Int) {
        var offset = start
        while let byte = reader.u8(offset), let next = reader.u8(offset + 1) {
            let isMarker = byte == 0xFF && next != 0 && next != 0xFF
            offset += 1
            guard isMarker else { continue }
            offset += 1
            // Restart markers, TEM and a second SOI stand alone.
            if next == 0x01 || (0xD0...0xD8).contains(next) { continue }
            guard let length = reader.u16(offset), length >= 2 else { return nil }
            marker = next
            payload = reader.slice(offset + 2, length: length - 2)
            end = offset + length
            return
        }
        return nil
    }

    /// SOF0 to SOF15; the three markers among them that are none are tables and an extension.
    var isFrame: Bool { (0xC0...0xCF).contains(marker) && ![0xC4, 0xC8, 0xCC].contains(marker) }
}
