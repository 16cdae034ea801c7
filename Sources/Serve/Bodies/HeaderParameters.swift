/// A header value of the form `type; name=value; name="quoted value"` (RFC 9110, section 5.6.6).
///
/// Values are UTF-8, or Latin-1 where they are not: every byte then stands for the character of its number. An extended parameter
/// `name*=UTF-8''percent-encoded` (RFC 8187) takes the place of `name`.
package struct HeaderParameters: Equatable {
    /// What stands before the first semicolon, in lower case.
    package var value: String
    /// Names in lower case; the first of several equal names counts.
    package var parameters: [String: String]

    /// - Returns: nil when a name has no value, a quote is not closed, or something follows a closing quote.
    /// - Complexity: O(n).
    package init?(_ text: some StringProtocol) {
        self.init(bytes: text.utf8)
    }

    /// The same from a value's bytes.
    package init?(bytes: some Sequence<UInt8>) {
        var rest = Array(bytes)[...]
        value = String(utf8OrLatin1: rest.prefix { $0 != UInt8(ascii: ";") }).trimmed.lowercased()
        parameters = [:]
        var extended: [String: String] = [:]
        rest = rest.dropFirst(rest.prefix { $0 != UInt8(ascii: ";") }.count)
        while !rest.isEmpty {
            rest = rest.dropFirst().drop(while: Self.isBlank)
            if rest.isEmpty { break }
            let name = rest.prefix { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ";") }
            rest = rest.dropFirst(name.count)
            let key = String(utf8OrLatin1: name).trimmed.lowercased()
            guard rest.first == UInt8(ascii: "="), !key.isEmpty else { return nil }
            rest = rest.dropFirst()
            guard let bytes = Self.takeValue(&rest) else { return nil }
            if key.hasSuffix("*") {
                if let parameter = Self.extendedValue(bytes) { extended[String(key.dropLast())] = parameter }
            } else if parameters[key] == nil {
                parameters[key] = String(utf8OrLatin1: bytes)
            }
        }
        parameters.merge(extended) { _, extended in extended }
    }

    /// What `charset'language'percent-encoded` stands for; nil where it is not of that form, or of another charset.
    private static func extendedValue(_ bytes: [UInt8]) -> String? {
        let parts = bytes.split(separator: UInt8(ascii: "'"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        let decoded = PercentEncoding.decoded(Array(parts[2]))
        switch String(utf8OrLatin1: parts[0]).lowercased() {
        case "utf-8": return String(validating: decoded)
        case "iso-8859-1": return String(latin1: decoded)
        default: return nil
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    /// Takes a token or a quoted string and the blanks after it; stops at a semicolon or at the end.
    private static func takeValue(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        rest = rest.drop(while: isBlank)
        guard rest.first == UInt8(ascii: "\"") else {
            let token = rest.prefix { $0 != UInt8(ascii: ";") }
            rest = rest.dropFirst(token.count)
            return Array(token.reversed().drop(while: isBlank).reversed())
        }
        rest = rest.dropFirst()
        var bytes: [UInt8] = []
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\"") {
                rest = rest.drop(while: isBlank)
                return rest.isEmpty || rest.first == UInt8(ascii: ";") ? bytes : nil
            }
            // A backslash escapes a quote or itself; browsers send other backslashes (of Windows paths) as they are.
            if byte == UInt8(ascii: "\\"), let next = rest.first, next == UInt8(ascii: "\"") || next == UInt8(ascii: "\\") {
                bytes.append(next)
                rest = rest.dropFirst()
            } else {
                bytes.append(byte)
            }
        }
        return nil
    }
}

extension String {
    /// nil unless the bytes are UTF-8.
    init?(validating bytes: some Sequence<UInt8>) {
        self.init(validating: bytes, as: UTF8.self)
    }

    /// Every byte is the character of its number (ISO 8859-1).
    init(latin1 bytes: some Sequence<UInt8>) {
        self = String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }

    init(utf8OrLatin1 bytes: some Sequence<UInt8>) {
        self = String(validating: bytes) ?? String(latin1: bytes)
    }

    /// Without blanks and tabs at its ends.
    var trimmed: String {
        var slice = self[...]
        while let first = slice.first, first == " " || first == "\t" { slice.removeFirst() }
        while let last = slice.last, last == " " || last == "\t" { slice.removeLast() }
        return String(slice)
    }
}
