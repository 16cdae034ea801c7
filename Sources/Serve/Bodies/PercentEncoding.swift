/// `%` and two hexadecimal digits for a byte (RFC 3986, section 2.1).
enum PercentEncoding {
    /// nil unless both are hexadecimal digits, of either case.
    static func byte(_ high: UInt8, _ low: UInt8) -> UInt8? {
        guard let high = digit(high), let low = digit(low) else { return nil }
        return high << 4 | low
    }

    /// The bytes that `text` stands for; escapes that are none stay as they are.
    /// - Parameter accepted: Which bytes an escape may stand for.
    /// - Complexity: O(n).
    static func decoded(_ text: [UInt8], where accepted: (UInt8) -> Bool = { _ in true }) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            if text[index] == UInt8(ascii: "%"), index + 2 < text.count, let byte = byte(text[index + 1], text[index + 2]), accepted(byte) {
                bytes.append(byte)
                index += 3
            } else {
                bytes.append(text[index])
                index += 1
            }
        }
        return bytes
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
