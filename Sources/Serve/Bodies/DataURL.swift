/// Reads a photo from a data URL (RFC 2397), or from the bare base64 that many clients send in its place.
package enum DataURL {
    /// What browsers and scripts put before the comma is short; more is not a photo.
    static let maximumHeaderBytes = 256

    /// - Throws: `RequestError.malformedDataURL` when the header has no comma or is not base64; `RequestError.malformedBase64`,
    ///   whose offset counts from behind the comma.
    /// - Complexity: O(n).
    package static func photo(in text: [UInt8], blankIsPlus: Bool = false) throws(RequestError) -> [UInt8] {
        guard isDataURL(text) else { return try Base64.decode(text, blankIsPlus: blankIsPlus) }
        guard let comma = text.prefix(maximumHeaderBytes).firstIndex(of: UInt8(ascii: ",")) else {
            throw .malformedDataURL("has no comma in its first \(maximumHeaderBytes) bytes")
        }
        guard let header = String(validating: text[5..<comma]) else { throw .malformedDataURL("has a header that is not text") }
        guard header.lowercased().hasSuffix(";base64") else { throw .malformedDataURL("is not marked `;base64`") }
        return try Base64.decode(text[(comma + 1)...], blankIsPlus: blankIsPlus)
    }

    private static func isDataURL(_ text: [UInt8]) -> Bool {
        text.count >= 5 && String(validating: text[..<5])?.lowercased() == "data:"
    }
}
