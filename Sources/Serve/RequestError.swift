/// Why a request was not answered; each case carries what was seen and what would have been accepted.
public enum RequestError: Error, Equatable, Sendable {
    // The body's wrapping
    case noPhoto(expected: String)
    case malformedContentType(String)
    case malformedMultipart(MultipartFault, offset: Int)
    case malformedForm(offset: Int)
    case malformedJSON(String)
    case malformedBase64(offset: Int, found: UInt8?)
    case malformedDataURL(String)
    case unsupportedContentType(String)
    case bodyEndedEarly(received: Int, announced: Int)
    // The query
    case badParameter(name: String, found: String, expected: String)
    // Limits
    case tooManyBytes(limit: Int, found: Int?)
    case tooManyPhotos(limit: Int, found: Int)
    case tooManyParts(limit: Int)
    case searchTooLong(seconds: Double)
    case tooManyHits(limit: Int)
    // The server's state
    case busy(retryAfter: Int)
    case notReady(retryAfter: Int)
    case selfTestFailed
    case clientGone
    // Routing
    case noSuchRoute(String)
    case methodNotAllowed(String, allowed: [String])
}

/// What is wrong with a `multipart/form-data` body.
public enum MultipartFault: String, Sendable, Equatable, CaseIterable {
    case noBoundary = "its Content-Type names no boundary"
    case badBoundary = "its boundary is not 1 to 70 of the characters RFC 2046 allows"
    case noFirstDelimiter = "its first boundary line is missing"
    case badDelimiterLine = "a boundary is followed by something else than a line end or two hyphens"
    case truncatedHeaders = "the header lines of a part do not end"
    case headersTooLong = "the header lines of a part are longer than 16 KiB"
    case badHeader = "a header line of a part has no colon, or bytes that are not text"
    case noDisposition = "a part has no `Content-Disposition: form-data` line with a name"
    case truncatedBody = "the last part is not closed by its boundary"
}
