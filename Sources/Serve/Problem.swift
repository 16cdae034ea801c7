import Foundation
import Hummingbird

/// An error as clients see it: RFC 9457 problem details, and what to do about it.
package struct Problem: Error, Equatable, Sendable, Encodable {
    package static let mediaType = "application/problem+json"

    /// A URN that programs can compare; it leads nowhere.
    package var type: String
    /// The same for every problem of a type.
    package var title: String
    package var status: Int
    /// What was wrong with this request.
    package var detail: String
    /// What the sender can do.
    package var advice: String
    /// What was accepted at most, where a limit was passed.
    package var limit: Int?
    /// The format or media type seen, where it was not one that is read.
    package var format: String?
    /// Also sent as the header `X-Request-Id`.
    package var requestId: String?

    /// Sent as the header `Retry-After`, in seconds.
    package var retryAfter: Int? = nil
    /// Sent as the header `Allow`.
    package var allowed: [String] = []

    enum CodingKeys: String, CodingKey {
        case type, title, status, detail, advice, limit, format, requestId
    }

    package init(
        _ status: Int, _ name: String, _ title: String, detail: String, advice: String, limit: Int? = nil, format: String? = nil,
        retryAfter: Int? = nil, allowed: [String] = []
    ) {
        type = "urn:lineup:problem:\(name)"
        self.title = title
        self.status = status
        self.detail = detail
        self.advice = advice
        self.limit = limit
        self.format = format
        self.retryAfter = retryAfter
        self.allowed = allowed
    }

    /// An object of strings and numbers always encodes; were it not so, the bare status would still be true.
    package var json: [UInt8] { (try? [UInt8](JSON.encode(self))) ?? Array("{\"status\":\(status)}".utf8) }

    package var response: Response {
        var headers: HTTPFields = [.contentType: Self.mediaType, .cacheControl: "no-store"]
        if let retryAfter { headers[.retryAfter] = String(retryAfter) }
        if !allowed.isEmpty { headers[.allow] = allowed.joined(separator: ", ") }
        return Response(
            status: .init(code: status), headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: json)))
    }

    package static func slowBody(received: Int) -> Problem {
        Problem(
            408, "slow-body", "The request took too long to arrive",
            detail: "Only \(received) bytes of the body had arrived when the time for it was over.",
            advice: "Send the request again, over a better connection or with a smaller photo.")
    }

    package static let unexpected = Problem(
        500, "unexpected", "The server failed to answer", detail: "An error occurred that the server does not know.",
        advice: "Try again; if it happens again, give the operator the request id.")
}

/// One way to write JSON, so that equal answers are equal bytes.
package enum JSON {
    package static func encode(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value)
    }

    package static func response(_ value: some Encodable, headers: HTTPFields = [:]) throws -> Response {
        var headers = headers
        headers[.contentType] = "application/json"
        if headers[.cacheControl] == nil { headers[.cacheControl] = "no-store" }
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: try encode(value))))
    }
}
