/// Reads base64 (RFC 4648, sections 4 and 5) as it arrives from all kinds of senders: both alphabets, with or without padding.
///
/// Line ends and tabs are passed over, and blanks beside them or at the ends of the text. Any other blank is a `+`: that is what
/// becomes of one in a form whose sender did not percent-encode it. So are blanks at the end that make the last group whole. The escapes `%2B`, `%2F` and `%3D` are read too, for senders
/// that encoded where nobody decodes.
package enum Base64 {
    /// - Throws: `RequestError.malformedBase64` with the offset and the byte that does not belong, or no byte when the text
    ///   ends inside a group (a single character carries 6 bits, which make no byte) or its last bits are not zero.
    /// - Complexity: O(n).
    package static func decode(_ text: some RandomAccessCollection<UInt8>) throws(RequestError) -> [UInt8] {
        var group = Group(capacity: text.count)
        let text = Array(text)
        var offset = 0
        while true {
            group.takeWholeGroups(of: text, from: &offset)
            guard offset < text.count else { break }
            let found = text[offset]
            if found == 0x20 {
                let end = text[offset...].firstIndex { $0 != 0x20 } ?? text.count
                let isLayout =
                    offset == 0 || end == text.count && !group.isFilled(by: end - offset)
                    || end < text.count && (isLineEnd(text[offset - 1]) || isLineEnd(text[end]))
                for blank in offset..<end where !isLayout {
                    guard group.take(UInt8(ascii: "+")) else { throw .malformedBase64(offset: blank, found: found) }
                }
                offset = end
                continue
            }
            var (byte, width) = (found, 1)
            if found == UInt8(ascii: "%") {
                guard let escaped = escape(text, offset) else { throw .malformedBase64(offset: offset, found: found) }
                (byte, width) = (escaped, 3)
            }
            guard group.take(byte) else { throw .malformedBase64(offset: offset, found: found) }
            offset += width
        }
        guard let bytes = group.finished() else { throw .malformedBase64(offset: text.count, found: nil) }
        return bytes
    }

    private static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D || byte == 0x09 }

    /// The byte that the three characters from `offset` stand for, where it is one that base64 has.
    private static func escape(_ text: [UInt8], _ offset: Int) -> UInt8? {
        guard offset + 2 < text.count, let byte = PercentEncoding.byte(text[offset + 1], text[offset + 2]) else { return nil }
        return byte == UInt8(ascii: "%") ? nil : byte
    }

    /// Four digits make three bytes.
    private struct Group {
        private var bytes: [UInt8] = []
        private var value: UInt32 = 0
        private var digits = 0
        private var padding = 0

        init(capacity: Int) { bytes.reserveCapacity(capacity / 4 * 3 + 3) }

        /// Whether so many digits more make a begun group whole.
        func isFilled(by more: Int) -> Bool { digits > 0 && padding == 0 && digits + more == 4 }

        /// Takes groups of four digits with nothing between them, as nearly all of a text is, and stops before what is not so.
        mutating func takeWholeGroups(of text: [UInt8], from offset: inout Int) {
            guard digits == 0, padding == 0 else { return }
            let values = Base64.values
            while offset + 4 <= text.count {
                let (a, b) = (values[Int(text[offset])], values[Int(text[offset + 1])])
                let (c, d) = (values[Int(text[offset + 2])], values[Int(text[offset + 3])])
                // Whatever is no digit has the value 255.
                guard a | b | c | d < 64 else { return }
                bytes.append(a << 2 | b >> 4)
                bytes.append(b << 4 | c >> 2)
                bytes.append(c << 6 | d)
                offset += 4
            }
        }

        /// False where the byte does not belong.
        mutating func take(_ byte: UInt8) -> Bool {
            if byte == UInt8(ascii: "=") {
                padding += 1
                return padding <= 2 && digits >= 2
            }
            if Base64.isLineEnd(byte) { return true }
            let digit = Base64.values[Int(byte)]
            guard digit < 64, padding == 0 else { return false }
            value = value << 6 | UInt32(digit)
            digits += 1
            if digits == 4 {
                bytes.append(UInt8(truncatingIfNeeded: value >> 16))
                bytes.append(UInt8(truncatingIfNeeded: value >> 8))
                bytes.append(UInt8(truncatingIfNeeded: value))
                (value, digits) = (0, 0)
            }
            return true
        }

        /// Two left digits are one byte and four zero bits, three are two bytes and two zero bits; nil for anything else.
        mutating func finished() -> [UInt8]? {
            let isPadded = padding == 0 || digits + padding == 4
            switch digits {
            case 0 where padding == 0: return bytes
            case 2 where isPadded && value & 0xF == 0:
                bytes.append(UInt8(truncatingIfNeeded: value >> 4))
            case 3 where isPadded && value & 0x3 == 0:
                bytes.append(UInt8(truncatingIfNeeded: value >> 10))
                bytes.append(UInt8(truncatingIfNeeded: value >> 2))
            default: return nil
            }
            return bytes
        }
    }

    /// 255: not a digit.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        for (value, byte) in alphabet.utf8.enumerated() { values[Int(byte)] = UInt8(value) }
        values[Int(UInt8(ascii: "-"))] = 62
        values[Int(UInt8(ascii: "_"))] = 63
        return values
    }()
}
