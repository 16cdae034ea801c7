import Support
import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A path inside a folder, "label/name", by its bytes: what photos and crops are told apart by.
///
/// File systems hold bytes, not text: two names may look the same (é in one or in two code points) or be no UTF-8 at all.
public struct RelativePath: Sendable, Hashable {
    /// As the file system holds it, without a zero at its end.
    public let bytes: [UInt8]

    /// A path of these bytes.
    public init(bytes: [UInt8]) { self.bytes = bytes }

    /// A path of the text's UTF-8 bytes.
    public init(_ text: String) { bytes = Array(text.utf8) }

    /// The bytes of a path as the system takes it.
    package init(_ path: FilePath) {
        bytes = path.withPlatformString { Array(UnsafeBufferPointer(start: $0, count: strlen($0))).map(UInt8.init(bitPattern:)) }
    }

    /// The path as text; bytes that are no UTF-8 are shown as `\xE9`, and then a backslash as `\\`, so that no two paths of which
    /// one is no UTF-8 read the same.
    public var text: String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        var text = ""
        var rest = bytes[...]
        while let byte = rest.first {
            let length = Self.lengthOfCharacter(startingWith: byte)
            if let length, let character = String(validating: rest.prefix(length), as: UTF8.self) {
                text += character == "\\" ? "\\\\" : character
                rest = rest.dropFirst(length)
            } else {
                text += "\\x" + Hexadecimal.string([byte]).uppercased()
                rest = rest.dropFirst()
            }
        }
        return text
    }

    /// How many bytes a character takes that starts with `byte`; nil for bytes that start none (RFC 3629).
    private static func lengthOfCharacter(startingWith byte: UInt8) -> Int? {
        switch byte {
        case 0x00...0x7F: 1
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: nil
        }
    }

    /// A label's folder: nil for what cannot be the name of one.
    public init?(label bytes: [UInt8]) {
        self.init(bytes: bytes)
        let slash = UInt8(ascii: "/")
        guard !bytes.isEmpty, bytes[0] != UInt8(ascii: "."), !bytes.contains(slash), !bytes.contains(0) else { return nil }
    }

    /// A label and a name; nil for anything else.
    public init?(labelAndName bytes: [UInt8]) {
        self.init(bytes: bytes)
        guard isLabelAndName else { return nil }
    }

    /// The parts between slashes.
    var parts: [RelativePath] {
        bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { RelativePath(bytes: Array($0)) }
    }

    /// At most the first `count` bytes, cut where a character begins, so that a name in UTF-8 stays one.
    func beginning(_ count: Int) -> [UInt8] {
        guard count < bytes.count else { return bytes }
        var length = count
        while length > 0, bytes[length] & 0xC0 == 0x80 { length -= 1 }
        return Array(bytes.prefix(length))
    }

    /// Whether it is a label and a name, neither of them a way out of the folder.
    var isLabelAndName: Bool {
        let parts = parts
        return parts.count == 2 && parts.allSatisfy { !$0.bytes.isEmpty && $0 != "." && $0 != ".." && !$0.bytes.contains(0) }
    }

    /// Where it is, in `folder`.
    func path(in folder: FilePath) -> FilePath {
        let path = RelativePath(folder).bytes + [UInt8(ascii: "/")] + bytes + [0]
        return FilePath(platformString: path.map(CChar.init(bitPattern:)))
    }
}

extension RelativePath: Comparable {
    /// Byte order: that of every list that Lineup writes, the same under every locale.
    public static func < (a: RelativePath, b: RelativePath) -> Bool { a.bytes.lexicographicallyPrecedes(b.bytes) }
}

extension RelativePath: ExpressibleByStringLiteral, CustomStringConvertible {
    /// A path of the literal's UTF-8 bytes.
    public init(stringLiteral text: String) { self.init(text) }

    /// ``text``.
    public var description: String { text }
}

extension RelativePath: Codable {
    private enum CodingKeys: CodingKey {
        case bytes, text
    }

    /// Written as a string, or, where it is no UTF-8, as an object of its bytes in hexadecimal and its text for people.
    public func encode(to encoder: any Encoder) throws {
        if String(validating: bytes, as: UTF8.self) != nil {
            var value = encoder.singleValueContainer()
            try value.encode(text)
        } else {
            var object = encoder.container(keyedBy: CodingKeys.self)
            try object.encode(Hexadecimal.string(bytes), forKey: .bytes)
            try object.encode(text, forKey: .text)
        }
    }

    /// - Throws: `DecodingError` for what `encode` does not write.
    public init(from decoder: any Decoder) throws {
        if let text = try? decoder.singleValueContainer().decode(String.self) {
            self.init(text)
            return
        }
        let object = try decoder.container(keyedBy: CodingKeys.self)
        let digits = try object.decode(String.self, forKey: .bytes)
        guard let bytes = Hexadecimal.bytes(digits) else {
            throw DecodingError.dataCorruptedError(forKey: .bytes, in: object, debugDescription: "not hexadecimal: \(digits)")
        }
        self.init(bytes: bytes)
    }
}
