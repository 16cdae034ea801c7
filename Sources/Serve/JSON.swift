import Foundation
import Hummingbird

/// One way to write JSON, so that equal answers are equal bytes.
package enum JSON {
    package static func encode(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value)
    }

    package static func response(_ value: some Encodable, headers: HTTPFields = [:]) throws -> Response {
        response(encoded: try encode(value), headers: headers)
    }

    /// A response of JSON that was encoded before; it is not stored by anybody, unless `headers` say so.
    package static func response(encoded: Data, headers: HTTPFields = [:]) -> Response {
        var headers = headers
        headers[.contentType] = "application/json"
        if headers[.cacheControl] == nil { headers[.cacheControl] = "no-store" }
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: encoded)))
    }
}
