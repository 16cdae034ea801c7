extension Orientation {
    /// The orientation in an EXIF block, a TIFF structure: "II" or "MM" for the byte order, 42, the offset of the first
    /// directory, and there twelve bytes an entry. (TIFF 6.0, section 2)
    ///
    /// The value of the first entry 0x0112 is read as a 16-bit number whatever its declared type; anything but 1 to 8 is
    /// `.asStored`. Entries are read in file order as OpenCV 4.14 reads them: a text entry before it that points outside the
    /// block ends the reading, and the picture stays as stored.
    init(exif: ArraySlice<UInt8>) {
        self = Self.stored(in: exif) ?? .asStored
    }

    private static func stored(in exif: ArraySlice<UInt8>) -> Orientation? {
        var reader = ByteReader(exif)
        if reader.has("II", at: 0) {
            reader.isBigEndian = false
        } else if !reader.has("MM", at: 0) {
            return nil
        }
        guard reader.u16(2) == 42, let directory = reader.u32(4), let count = reader.u16(directory) else { return nil }
        for entry in 0..<count {
            let offset = directory + 2 + 12 * entry
            guard let tag = reader.u16(offset) else { return nil }
            if tag == 0x0112 { return reader.u16(offset + 8).flatMap(Orientation.init(rawValue:)) }
            if textTags.contains(tag), !textIsInside(reader, entry: offset) { return nil }
        }
        return nil
    }

    /// ImageDescription, Make, Model, Software, DateTime, Copyright.
    private static let textTags: Set<Int> = [0x010E, 0x010F, 0x0110, 0x0131, 0x0132, 0x8298]

    private static func textIsInside(_ reader: ByteReader, entry: Int) -> Bool {
        guard let length = reader.u32(entry + 4) else { return false }
        // Four bytes or fewer stand in the entry itself.
        guard length > 4 else { return true }
        guard let start = reader.u32(entry + 8) else { return false }
        return start + length <= reader.count
    }
}
