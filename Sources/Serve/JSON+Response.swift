import Foundation
import Hummingbird
import Support

extension JSON {
    /// A value as a response.
    /// - Throws: what `JSON.encode` throws.
    static func response(_ value: some Encodable, headers: HTTPFields = [:]) throws -> Response {
        response(encoded: try encode(value), headers: headers)
    }

    /// A response of JSON that was encoded before; it is not stored by anybody, unless `headers` say so.
    static func response(encoded: Data, headers: HTTPFields = [:]) -> Response {
        var headers = headers
        headers[.contentType] = "application/json"
        if headers[.cacheControl] == nil { headers[.cacheControl] = "no-store" }
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: encoded)))
    }
}
