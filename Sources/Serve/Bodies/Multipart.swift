/// One part of a `multipart/form-data` body.
package struct MultipartPart: Equatable {
    /// The field's name.
    package var name: String
    package var fileName: String?
    package var contentType: String?
    /// Where the part's content lies in the body.
    package var content: Range<Int>
}

/// Reads `multipart/form-data` (RFC 7578, framing of RFC 2046, section 5.1) from a body held in memory.
///
/// The body is `preamble --boundary CRLF headers CRLF CRLF content CRLF --boundary ... CRLF --boundary-- epilogue`. Lines end in
/// CRLF, blanks may follow a boundary on its line, and the delimiter of a part is the CRLF *and* the boundary, so content may
/// hold anything else, including the boundary in the middle of a line.
package struct MultipartReader {
    /// The longest headers of one part, in bytes.
    package static let maximumHeaderBytes = 16_384

    private let body: [UInt8]
    /// `CRLF--boundary`
    private let delimiter: [UInt8]
    private let maximumParts: Int

    /// - Throws: `RequestError.malformedMultipart` when the boundary is missing or not allowed.
    package init(body: [UInt8], boundary: String?, maximumParts: Int) throws(RequestError) {
        guard let boundary else { throw .malformedMultipart(.noBoundary, offset: 0) }
        guard (1...70).contains(boundary.utf8.count), boundary.utf8.allSatisfy(Self.isBoundaryCharacter), boundary.last != " " else {
            throw .malformedMultipart(.badBoundary, offset: 0)
        }
        self.body = body
        self.delimiter = Array("\r\n--\(boundary)".utf8)
        self.maximumParts = maximumParts
    }

    /// All parts, in the order they were sent.
    /// - Throws: `RequestError.malformedMultipart` with the fault and its offset; `RequestError.tooManyParts`.
    /// - Complexity: O(bytes of the body) for boundaries that seldom begin by chance.
    package func parts() throws(RequestError) -> [MultipartPart] {
        var parts: [MultipartPart] = []
        guard var position = firstDelimiterEnd() else { throw .malformedMultipart(.noFirstDelimiter, offset: 0) }
        while try !isClosed(at: &position) {
            guard parts.count < maximumParts else { throw .tooManyParts(limit: maximumParts) }
            let headers = try headerLines(at: &position)
            guard let end = find(delimiter, from: position) else { throw .malformedMultipart(.truncatedBody, offset: body.count) }
            parts.append(try part(headers: headers, content: position..<end, at: position))
            position = end + delimiter.count
        }
        return parts
    }

    /// Just behind the first `--boundary`, which stands at the very start or after a preamble's line end.
    private func firstDelimiterEnd() -> Int? {
        if body.starts(with: delimiter[2...]) { return delimiter.count - 2 }
        return find(delimiter, from: 0).map { $0 + delimiter.count }
    }

    /// Behind a boundary: two hyphens close the body; blanks and a line end begin a part, and `position` moves there.
    private func isClosed(at position: inout Int) throws(RequestError) -> Bool {
        if has([0x2D, 0x2D], at: position) { return true }
        var end = position
        while end < body.count, body[end] == 0x20 || body[end] == 0x09 { end += 1 }
        guard has([0x0D, 0x0A], at: end) else {
            throw .malformedMultipart(end >= body.count - 1 ? .truncatedBody : .badDelimiterLine, offset: end)
        }
        position = end + 2
        return false
    }

    /// The headers at `position`, which moves behind the empty line that ends them.
    private func headerLines(at position: inout Int) throws(RequestError) -> [String: ArraySlice<UInt8>] {
        var headers: [String: ArraySlice<UInt8>] = [:]
        let start = position
        while true {
            guard let end = find([0x0D, 0x0A], from: position, before: start + Self.maximumHeaderBytes) else {
                let isTooLong = body.count - start > Self.maximumHeaderBytes
                throw .malformedMultipart(isTooLong ? .headersTooLong : .truncatedHeaders, offset: position)
            }
            let line = body[position..<end]
            let lineStart = position
            position = end + 2
            if line.isEmpty { return headers }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex else {
                throw .malformedMultipart(.badHeader, offset: lineStart)
            }
            headers[String(utf8OrLatin1: line[..<colon]).lowercased()] = line[(colon + 1)...]
        }
    }

    private func part(headers: [String: ArraySlice<UInt8>], content: Range<Int>, at position: Int) throws(RequestError) -> MultipartPart {
        guard let disposition = headers["content-disposition"].flatMap({ HeaderParameters(bytes: $0) }),
            disposition.value == "form-data", let name = disposition.parameters["name"]
        else { throw .malformedMultipart(.noDisposition, offset: position) }
        return MultipartPart(
            name: Self.unescaped(name), fileName: disposition.parameters["filename"].map(Self.unescaped),
            contentType: headers["content-type"].map { String(utf8OrLatin1: $0).trimmed }, content: content)
    }

    /// Browsers send a quote, a carriage return or a line feed in a name as `%22`, `%0D`, `%0A`, and a per cent sign as it is
    /// (WHATWG HTML, "multipart/form-data encoding algorithm").
    private static func unescaped(_ name: String) -> String {
        guard name.utf8.contains(UInt8(ascii: "%")) else { return name }
        return String(decoding: PercentEncoding.decoded(Array(name.utf8)) { $0 == 0x22 || $0 == 0x0D || $0 == 0x0A }, as: UTF8.self)
    }

    private func has(_ bytes: [UInt8], at position: Int) -> Bool {
        position + bytes.count <= body.count && body[position..<(position + bytes.count)].elementsEqual(bytes)
    }

    /// Where `needle` first begins at or after `start`, ending at or before `limit`.
    private func find(_ needle: [UInt8], from start: Int, before limit: Int = .max) -> Int? {
        let last = min(body.count, limit) - needle.count
        guard start <= last else { return nil }
        return body.withUnsafeBufferPointer { bytes in
            needle.withUnsafeBufferPointer { wanted in
                // `start + needle.count <= bytes.count` holds for every position up to `last`, so all reads are inside.
                (start...last).first { position in
                    bytes[position] == wanted[0] && wanted.indices.allSatisfy { bytes[position + $0] == wanted[$0] }
                }
            }
        }
    }

    /// bchars of RFC 2046, section 5.1.1.
    private static func isBoundaryCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        default: "'()+_,-./:=? ".utf8.contains(byte)
        }
    }
}
