/// Reads a photo from a data URL (RFC 2397), or from the bare base64 that many clients send in its place.
package enum DataURL {
    /// What browsers and scripts put before the comma is short; more is not a photo.
    static let maximumHeaderBytes = 256

    /// - Throws: `RequestError.malformedDataURL` when the header has no comma or is not base64; `RequestError.malformedBase64`,
    ///   whose offset counts from behind the comma.
    /// - Complexity: O(n).
    package static func photo(in text: [UInt8]) throws(RequestError) -> [UInt8] {
        guard hasScheme(text) else { return try Base64.decode(text) }
        guard let comma = text.prefix(maximumHeaderBytes).firstIndex(of: UInt8(ascii: ",")) else {
            throw .malformedDataURL("has no comma in its first \(maximumHeaderBytes) bytes")
        }
        guard let header = String(validating: text[5..<comma]) else { throw .malformedDataURL("has a header that is not text") }
        guard header.lowercased().hasSuffix(";base64") else { throw .malformedDataURL("is not marked `;base64`") }
        return try Base64.decode(text[(comma + 1)...])
    }

    /// Whether `text` begins with `data:`, in whatever case (RFC 3986, section 3.1).
    static func hasScheme(_ text: some Sequence<UInt8>) -> Bool {
        text.prefix(5).map { $0 | 0x20 }.elementsEqual("data:".utf8.map { $0 | 0x20 })
    }

    /// Whether `text` is nothing but characters of base64 and line ends, as no photo's own bytes are.
    /// - Complexity: O(n) for base64, O(1) for photos, whose first bytes say no.
    static func isBare(_ text: some Sequence<UInt8>) -> Bool {
        text.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            default: "+/-_=% \r\n\t".utf8.contains(byte)
            }
        }
    }
}
