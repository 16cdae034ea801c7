extension Orientation {
    /// The orientation in EXIF blocks: the first that any of them has; anything but 1 to 8 is `.asStored`.
    init(exif blocks: [ByteReader]) {
        self = blocks.lazy.compactMap(Self.value(in:)).first.flatMap(Orientation.init(rawValue:)) ?? .asStored
    }

    /// The value of the first entry 0x0112 in an EXIF block, a TIFF structure: "II" or "MM" for the byte order, 42, the offset of
    /// the first directory, and there twelve bytes an entry. (TIFF 6.0, section 2)
    ///
    /// The value is read as a 16-bit number whatever its declared type. Entries are read in file order as OpenCV 4.14 reads
    /// them: a text or fraction before it that points outside the block ends the reading, and the picture stays as stored.
    private static func value(in exif: ByteReader) -> Int? {
        var reader = exif
        if reader.has("II", at: 0) {
            reader.isBigEndian = false
        } else if reader.has("MM", at: 0) {
            reader.isBigEndian = true
        } else {
            return nil
        }
        guard reader.u16(2) == 42, let directory = reader.u32(4), let count = reader.u16(directory) else { return nil }
        for entry in 0..<count {
            let offset = directory + 2 + 12 * entry
            guard let tag = reader.u16(offset) else { return nil }
            if tag == 0x0112 { return reader.u16(offset + 8) }
            guard valueIsInside(reader, tag: tag, entry: offset) else { return nil }
        }
        return nil
    }

    private static func valueIsInside(_ reader: ByteReader, tag: Int, entry: Int) -> Bool {
        if textTags.contains(tag) {
            guard let length = reader.u32(entry + 4) else { return false }
            // Four bytes or fewer stand in the entry itself.
            guard length > 4 else { return true }
            guard let start = reader.u32(entry + 8) else { return false }
            return start + length <= reader.count
        }
        if let fractions = fractionTags[tag] {
            guard let start = reader.u32(entry + 8) else { return false }
            return start + 8 * fractions <= reader.count
        }
        return true
    }

    /// ImageDescription, Make, Model, Software, DateTime, Copyright.
    private static let textTags: Set<Int> = [0x010E, 0x010F, 0x0110, 0x0131, 0x0132, 0x8298]

    /// XResolution, YResolution, WhitePoint, PrimaryChromaticities, YCbCrCoefficients, ReferenceBlackWhite, and how many
    /// fractions of eight bytes each has.
    private static let fractionTags = [0x011A: 1, 0x011B: 1, 0x013E: 2, 0x013F: 6, 0x0211: 3, 0x0214: 6]
}
