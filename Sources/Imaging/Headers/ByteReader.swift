/// Bounds-checked reading of numbers out of bytes from outside: nil instead of a trap where the bytes end.
struct ByteReader {
    let bytes: ArraySlice<UInt8>
    var isBigEndian = true

    init(_ bytes: ArraySlice<UInt8>, isBigEndian: Bool = true) {
        self.bytes = bytes
        self.isBigEndian = isBigEndian
    }

    var count: Int { bytes.count }

    /// The byte at `offset` from the start.
    func u8(_ offset: Int) -> Int? {
        offset >= 0 && offset < count ? Int(bytes[bytes.startIndex + offset]) : nil
    }

    func u16(_ offset: Int) -> Int? {
        guard let a = u8(offset), let b = u8(offset + 1) else { return nil }
        return isBigEndian ? a << 8 | b : b << 8 | a
    }

    func u32(_ offset: Int) -> Int? {
        guard let a = u16(offset), let b = u16(offset + 2) else { return nil }
        return isBigEndian ? a << 16 | b : b << 16 | a
    }

    /// `length` bytes from `offset` on, or those that are there.
    func slice(_ offset: Int, length: Int) -> ArraySlice<UInt8> {
        bytes.dropFirst(offset).prefix(length)
    }

    func has(_ text: StaticString, at offset: Int) -> Bool {
        text.withUTF8Buffer { bytes.dropFirst(offset).starts(with: $0) }
    }
}
