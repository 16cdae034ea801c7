/// Bounds-checked reading of numbers out of bytes from outside: nil instead of a trap where the bytes end.
///
/// It does not own its bytes: it lives no longer than the call that lends them.
struct ByteReader {
    /// For the decoders.
    let bytes: UnsafeRawBufferPointer
    var isBigEndian = true

    init(_ bytes: UnsafeRawBufferPointer, isBigEndian: Bool = true) {
        self.bytes = bytes
        self.isBigEndian = isBigEndian
    }

    var count: Int { bytes.count }

    /// The byte at `offset` from the start.
    func u8(_ offset: Int) -> Int? {
        offset >= 0 && offset < count ? Int(bytes[offset]) : nil
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
    func slice(_ offset: Int, length: Int) -> ByteReader {
        let start = min(max(offset, 0), count)
        let end = start + min(max(length, 0), count - start)
        return ByteReader(UnsafeRawBufferPointer(rebasing: bytes[start..<end]), isBigEndian: isBigEndian)
    }

    func has(_ text: StaticString, at offset: Int) -> Bool {
        text.withUTF8Buffer { slice(offset, length: $0.count).bytes.elementsEqual($0) }
    }

    /// A copy of the first bytes, at most `length`.
    func start(_ length: Int) -> [UInt8] { [UInt8](bytes.prefix(length)) }
}
