/// The segments before a JPEG's first scan: frame size and kind, EXIF. (ITU-T T.81, annex B)
struct JPEGHeader {
    var size: Size?
    var exif: ArraySlice<UInt8>?
    /// Why the frame is none that is read, where it is not.
    var unsupported: String?

    init(_ bytes: [UInt8]) {
        let reader = ByteReader(bytes[...])
        var offset = 2
        while let segment = JPEGSegment(reader, from: offset), segment.marker != 0xDA, segment.marker != 0xD9 {
            offset = segment.end
            if segment.isFrame, size == nil {
                readFrame(segment.payload, marker: segment.marker)
            } else if segment.marker == 0xE1, exif == nil, segment.payload.starts(with: "Exif\0\0".utf8) {
                exif = segment.payload.dropFirst(6)
            }
        }
    }

    private mutating func readFrame(_ payload: ArraySlice<UInt8>, marker: Int) {
        let frame = ByteReader(payload)
        guard let precision = frame.u8(0), let height = frame.u16(1), let width = frame.u16(3), let components = frame.u8(5) else { return }
        size = Size(width: width, height: height)
        if [0xC3, 0xC7, 0xCB, 0xCF].contains(marker) {
            unsupported = "lossless"
        } else if [0xC5, 0xC6, 0xCD, 0xCE].contains(marker) {
            unsupported = "hierarchical"
        } else if precision != 8 {
            unsupported = "\(precision) bits a sample"
        } else if ![1, 3, 4].contains(components) {
            unsupported = "\(components) colour components"
        }
    }
}

/// A marker with its length and payload. Bytes between segments are skipped, as libjpeg does.
struct JPEGSegment {
    let marker: Int
    let payload: ArraySlice<UInt8>
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
