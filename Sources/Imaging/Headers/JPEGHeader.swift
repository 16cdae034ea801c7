/// The segments before a JPEG's first scan: frame size and kind, EXIF. (ITU-T T.81, annex B)
struct JPEGHeader {
    var size: Size?
    /// The TIFF structures of the EXIF segments; a file should have one.
    var exif: [ByteReader] = []
    var componentCount = 0
    var isProgressive = false
    /// Why the frame cannot be read, where it cannot.
    var unsupported: String?

    init(_ reader: ByteReader) {
        var offset = 2
        while let segment = JPEGSegment(reader, from: offset), segment.marker != 0xDA, segment.marker != 0xD9 {
            offset = segment.end
            if segment.isFrame, size == nil {
                readFrame(segment.payload, marker: segment.marker)
            } else if segment.marker == 0xE1, segment.payload.has("Exif\0\0", at: 0) {
                exif.append(segment.payload.slice(6, length: segment.payload.count))
            }
        }
    }

    private mutating func readFrame(_ frame: ByteReader, marker: Int) {
        guard let precision = frame.u8(0), let height = frame.u16(1), let width = frame.u16(3), let components = frame.u8(5) else { return }
        size = Size(width: width, height: height)
        componentCount = components
        isProgressive = [0xC2, 0xC6, 0xCA, 0xCE].contains(marker)
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
