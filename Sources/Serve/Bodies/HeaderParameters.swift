/// A header value of the form `type; name=value; name="quoted value"` (RFC 9110, section 5.6.6).
package struct HeaderParameters: Equatable {
    /// What stands before the first semicolon, in lower case.
    package var value: String
    /// Names in lower case; the first of several equal names counts.
    package var parameters: [String: String]

    /// - Returns: nil when a name has no value, a quote is not closed, or something follows a closing quote.
    /// - Complexity: O(n).
    package init?(_ text: some StringProtocol) {
        var rest = Array(text.utf8)[...]
        guard let value = String(validating: rest.prefix { $0 != UInt8(ascii: ";") }) else { return nil }
        self.value = value.trimmed.lowercased()
        parameters = [:]
        rest = rest.dropFirst(rest.prefix { $0 != UInt8(ascii: ";") }.count)
        while !rest.isEmpty {
            rest = rest.dropFirst().drop(while: Self.isBlank)
            if rest.isEmpty { break }
            let name = rest.prefix { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ";") }
            rest = rest.dropFirst(name.count)
            guard rest.first == UInt8(ascii: "="), let key = String(validating: name)?.trimmed.lowercased(), !key.isEmpty else {
                return nil
            }
            rest = rest.dropFirst()
            guard let bytes = Self.takeValue(&rest), let parameter = String(validating: bytes) else { return nil }
            if parameters[key] == nil { parameters[key] = parameter }
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

    /// Without blanks and tabs at its ends.
    var trimmed: String {
        var slice = self[...]
        while let first = slice.first, first == " " || first == "\t" { slice.removeFirst() }
        while let last = slice.last, last == " " || last == "\t" { slice.removeLast() }
        return String(slice)
    }
}
