import HTTPTypes
import Hummingbird
import Support

/// Bytes that do not change while the server runs, compressed once where that helps, with a tag by which a browser asks whether its copy
/// still holds.
package struct Asset: Sendable {
    let bytes: [UInt8]
    let contentType: String
    let tag: String
    /// As gzip, where that is shorter.
    private let compressed: [UInt8]?

    init(bytes: [UInt8], contentType: String, compresses: Bool = false) {
        self.bytes = bytes
        self.contentType = contentType
        tag = "\"\(Self.hash(bytes))-\(bytes.count)\""
        compressed = compresses ? Gzip.compressed(bytes).flatMap { $0.count < bytes.count ? $0 : nil } : nil
    }

    /// A value as JSON.
    /// - Throws: What `JSON.encode` throws.
    init(json value: some Encodable) throws {
        self.init(bytes: Array(try JSON.encode(value)), contentType: "application/json", compresses: true)
    }

    /// FNV-1a over 64 bits in hexadecimal: it tells versions of one file apart and protects nothing.
    static func hash(_ bytes: some Sequence<UInt8>) -> String {
        String(FNV1a.hash(bytes), radix: 16)
    }

    /// The bytes, or 304 when the client has them; `no-cache` unless `headers` say otherwise.
    func response(to request: Request, headers: HTTPFields = [:]) -> Response {
        var headers = headers
        if headers[.cacheControl] == nil { headers[.cacheControl] = "no-cache" }
        let isCompressed = compressed != nil && Gzip.isAccepted(request.headers[.acceptEncoding])
        headers[.eTag] = isCompressed ? "\(tag.dropLast())-gzip\"" : tag
        if compressed != nil { headers[.vary] = "Accept-Encoding" }
        let known = (request.headers[.ifNoneMatch] ?? "").split(separator: ",").map { candidate in
            let candidate = String(candidate).trimmed
            return candidate.hasPrefix("W/") ? String(candidate.dropFirst(2)) : candidate
        }
        if known.contains(headers[.eTag] ?? tag) || known == ["*"] { return Response(status: .notModified, headers: headers) }
        headers[.contentType] = contentType
        if isCompressed { headers[.contentEncoding] = "gzip" }
        let body = isCompressed ? compressed ?? bytes : bytes
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: body)))
    }
}
