/// Reads base64 (RFC 4648, sections 4 and 5): both alphabets, line breaks and blanks passed over, padding optional.
///
/// A blank counts as `+` where `blankIsPlus` says so: a form whose sender forgot to encode `+` arrives with blanks there.
package enum Base64 {
    /// - Throws: `RequestError.malformedBase64` with the offset and the byte that does not belong, or no byte when the text
    ///   ends inside a group (a single character carries 6 bits, which make no byte) or its last bits are not zero.
    /// - Complexity: O(n).
    package static func decode(_ text: some RandomAccessCollection<UInt8>, blankIsPlus: Bool = false) throws(RequestError) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3 + 3)
        var group: UInt32 = 0
        var digits = 0
        var padding = 0
        for (offset, byte) in text.enumerated() {
            if byte == UInt8(ascii: "=") {
                padding += 1
                guard padding <= 2, digits >= 2 else { throw .malformedBase64(offset: offset, found: byte) }
                continue
            }
            if byte == 0x0A || byte == 0x0D || byte == 0x09 || (byte == 0x20 && !blankIsPlus) { continue }
            let digit = values[Int(byte == 0x20 ? UInt8(ascii: "+") : byte)]
            guard digit < 64, padding == 0 else { throw .malformedBase64(offset: offset, found: byte) }
            group = group << 6 | UInt32(digit)
            digits += 1
            if digits == 4 {
                bytes.append(UInt8(truncatingIfNeeded: group >> 16))
                bytes.append(UInt8(truncatingIfNeeded: group >> 8))
                bytes.append(UInt8(truncatingIfNeeded: group))
                (group, digits) = (0, 0)
            }
        }
        try finish(group, digits, padding, at: text.count, into: &bytes)
        return bytes
    }

    /// Two left digits are one byte and four zero bits, three are two bytes and two zero bits.
    private static func finish(
        _ group: UInt32, _ digits: Int, _ padding: Int, at end: Int, into bytes: inout [UInt8]
    ) throws(RequestError) {
        let isPadded = padding == 0 || digits + padding == 4
        switch digits {
        case 0 where padding == 0: return
        case 2 where isPadded && group & 0xF == 0:
            bytes.append(UInt8(truncatingIfNeeded: group >> 4))
        case 3 where isPadded && group & 0x3 == 0:
            bytes.append(UInt8(truncatingIfNeeded: group >> 10))
            bytes.append(UInt8(truncatingIfNeeded: group >> 2))
        default: throw .malformedBase64(offset: end, found: nil)
        }
    }

    /// 64 and more: not a digit.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        for (value, byte) in alphabet.utf8.enumerated() { values[Int(byte)] = UInt8(value) }
        values[Int(UInt8(ascii: "-"))] = 62
        values[Int(UInt8(ascii: "_"))] = 63
        return values
    }()
}
