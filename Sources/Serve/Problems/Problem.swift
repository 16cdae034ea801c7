import Foundation
import Hummingbird
import Support

/// An error as clients see it: RFC 9457 problem details, and what to do about it.
package struct Problem: Error, Equatable, Sendable, Encodable {
    /// The media type of problem details as JSON (RFC 9457, section 3).
    package static let mediaType = "application/problem+json"

    /// Sets type, title and status.
    package var kind: Kind
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
    package var retryAfter: Int?
    /// Sent as the header `Allow`.
    package var allowed: [String]

    package init(
        _ kind: Kind, detail: String, advice: String, limit: Int? = nil, format: String? = nil, retryAfter: Int? = nil,
        allowed: [String] = []
    ) {
        self.kind = kind
        self.detail = detail
        self.advice = advice
        self.limit = limit
        self.format = format
        self.retryAfter = retryAfter
        self.allowed = allowed
    }

    /// A URN that programs can compare; it leads nowhere.
    package var type: String { "urn:lineup:problem:\(kind.rawValue)" }
    package var status: Int { kind.status }

    enum CodingKeys: String, CodingKey {
        case type, title, status, detail, advice, limit, format, requestId
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(type, forKey: .type)
        try container.encode(kind.title, forKey: .title)
        try container.encode(kind.status, forKey: .status)
        try container.encode(detail, forKey: .detail)
        try container.encode(advice, forKey: .advice)
        try container.encodeIfPresent(limit, forKey: .limit)
        try container.encodeIfPresent(format, forKey: .format)
        try container.encodeIfPresent(requestId, forKey: .requestId)
    }

    /// An object of strings and numbers always encodes; were it not so, the bare status would still be true.
    package var json: [UInt8] { (try? [UInt8](JSON.encode(self))) ?? Array("{\"status\":\(status)}".utf8) }

    /// Content type, `Cache-Control`, and what the problem itself asks for.
    package var headers: HTTPFields {
        var headers: HTTPFields = [.contentType: Self.mediaType, .cacheControl: "no-store"]
        if let retryAfter { headers[.retryAfter] = String(retryAfter) }
        if status == 401 { headers[.wwwAuthenticate] = "Bearer" }
        if !allowed.isEmpty { headers[.allow] = allowed.joined(separator: ", ") }
        return headers
    }

    package var response: Response {
        Response(status: .init(code: status), headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: json)))
    }

    package static func slowBody(received: Int) -> Problem {
        Problem(
            .slowBody, detail: "Only \(received) bytes of the body had arrived when the time for it was over.",
            advice: "Send the request again, over a better connection or with a smaller photo.")
    }

    package static let noPlace = Problem(
        .tooManyConnections, detail: "All places are taken by requests under way.",
        advice: "Connect again after the seconds named in Retry-After.", retryAfter: 2)

    package static let unexpected = Problem(
        .unexpected, detail: "An error occurred that the server does not know.",
        advice: "Try again; if it happens again, give the operator the request id.")
}
