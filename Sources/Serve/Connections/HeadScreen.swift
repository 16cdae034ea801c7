import HTTPTypes
import NIOHTTP1

/// What is looked at in the head of every request before it is handled: pure, so that tests need no connection.
package enum HeadScreen {
    /// What becomes of a request.
    package enum Verdict: Equatable, Sendable {
        /// It is handled; `closes` where the connection ends with its response.
        case accepted(closes: Bool)
        case refused(Problem)
    }

    /// - A request of HTTP/1.1 has one `Host` (RFC 9112, section 3.2).
    /// - No transfer coding but `chunked` is known (RFC 9112, section 6.1: 501).
    /// - The connection ends after a request of HTTP/1.0, and after one whose `Connection` lists `close` in whatever case.
    package static func verdict(on head: HTTPRequestHead) -> Verdict {
        let codings = head.headers[canonicalForm: "transfer-encoding"].map { $0.lowercased() }
        if let unknown = codings.first(where: { $0 != "chunked" }) {
            return .refused(
                Problem(
                    .notImplemented, detail: "The transfer coding \(unknown.prefix(50)) is not known.",
                    advice: "Send the body with a Content-Length, or chunked."))
        }
        if !head.version.isOld, head.headers["host"].count != 1 {
            return .refused(
                Problem(
                    .malformedHTTP, detail: "A request of HTTP/1.1 has one Host header; this has \(head.headers["host"].count).",
                    advice: "Let an HTTP library build the request."))
        }
        let options = head.headers[canonicalForm: "connection"].map { $0.lowercased() }
        return .accepted(closes: head.version.isOld || options.contains("close"))
    }

    /// What HTTP's parser found wrong in a head.
    /// - Parameter line: The beginning of what was received last: whether a method is unknown or the bytes are no HTTP at all.
    package static func problem(_ error: HTTPParserError, line: [UInt8]) -> Problem {
        let advice = "Let an HTTP library build the request."
        switch error {
        case .headerOverflow:
            return Problem(.headTooLarge, detail: "The header lines are longer than 80 KiB.", advice: "Send fewer or shorter headers.")
        case .invalidMethod where isRequestLine(line):
            return Problem(.notImplemented, detail: "The method is not known.", advice: "Use GET, HEAD, POST or OPTIONS.")
        case .invalidMethod where line.starts(with: [0x16, 0x03]):
            return Problem(
                .malformedHTTP, detail: "The bytes are a TLS handshake; this port speaks plain HTTP.",
                advice: "Use http:// here, or the https:// address of the proxy in front.")
        case .invalidMethod, .invalidVersion, .invalidURL, .invalidHost, .invalidPort, .invalidPath, .invalidQueryString, .invalidFragment,
            .lfExpected, .invalidHeaderToken, .invalidContentLength, .unexpectedContentLength, .invalidChunkSize, .invalidConstant,
            .invalidInternalState, .strictModeAssertion, .paused, .unknown, .invalidCharactersUsed, .trailingGarbage, .invalidEOFState,
            .closedConnection, .invalidStatus:
            return Problem(.malformedHTTP, detail: "The head of the request cannot be read: \(error).", advice: advice)
        }
    }

    /// Whether a line begins with a method's name (RFC 9110, section 5.6.2) and a blank, and goes on.
    private static func isRequestLine(_ line: [UInt8]) -> Bool {
        let method = line.prefix { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
            }
        }
        return !method.isEmpty && line.count > method.count + 1 && line[method.count] == 0x20 && line[method.count + 1] > 0x20
    }
}

extension HTTPVersion {
    /// Before HTTP/1.1: without `Host`, interim responses and connections that stay.
    var isOld: Bool { (major, minor) < (1, 1) }
}
