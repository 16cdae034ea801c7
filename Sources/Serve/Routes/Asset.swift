import HTTPTypes
import Hummingbird
import Support

/// Bytes that do not change while the server runs, with a tag by which a browser asks whether its copy still holds.
package struct Asset: Sendable {
    let bytes: [UInt8]
    let contentType: String
    let tag: String

    init(bytes: [UInt8], contentType: String) {
        self.bytes = bytes
        self.contentType = contentType
        tag = "\"\(String(FNV1a.hash(bytes), radix: 16))-\(bytes.count)\""
    }

    /// The bytes, or 304 when the client has them.
    func response(to request: Request, headers: HTTPFields = [:]) -> Response {
        var headers = headers
        headers[.eTag] = tag
        headers[.cacheControl] = "no-cache"
        let known = (request.headers[.ifNoneMatch] ?? "").split(separator: ",").map { candidate in
            let candidate = String(candidate).trimmed
            return candidate.hasPrefix("W/") ? String(candidate.dropFirst(2)) : candidate
        }
        if known.contains(tag) || known == ["*"] { return Response(status: .notModified, headers: headers) }
        headers[.contentType] = contentType
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
