/// Why a request was not answered; each case carries what was seen and what would have been accepted.
public enum RequestError: Error, Equatable, Sendable {
    // The body's wrapping
    /// Nothing in the body is a photo; `expected` names where one was looked for.
    case noPhoto(expected: String)
    /// The value of `Content-Type`, which is no media type with parameters.
    case malformedContentType(String)
    /// Where the framing of a multipart body breaks, in bytes.
    case malformedMultipart(MultipartFault, offset: Int)
    /// Where a `%` of a form is not followed by two hexadecimal digits, in bytes.
    case malformedForm(offset: Int)
    /// What is wrong with the JSON, as the end of a sentence that begins with "The body".
    case malformedJSON(String)
    /// The byte that is not base64, or no byte where the text ends inside a group.
    case malformedBase64(offset: Int, found: UInt8?)
    /// What is wrong with the data URL, as the end of a sentence that begins with "The data URL".
    case malformedDataURL(String)
    /// A media type in which no photo is looked for.
    case unsupportedContentType(String)
    /// A `Content-Encoding`; bodies are read as they are.
    case unsupportedContentEncoding(String)
    /// The body ended before its announced length.
    case bodyEndedEarly(received: Int, announced: Int)
    // The query
    /// A parameter outside its range, or an unknown one.
    case badParameter(name: String, found: String, expected: String)
    // Limits
    /// A photo of more bytes than accepted; `found` where its length is known.
    case tooManyBytes(limit: Int, found: Int?)
    /// More photos in one request than accepted.
    case tooManyPhotos(limit: Int, found: Int)
    /// More parts, fields or members in one body than accepted.
    case tooManyParts(limit: Int)
    /// The work on a photo took as long as it may.
    case tooMuchWork(seconds: Double)
    /// More windows passed the cascade than accepted.
    case tooManyHits(limit: Int)
    // The server's state
    /// All workers are busy, and the line in front of them is full or the wait in it too long.
    case busy(retryAfter: Int)
    /// The bodies being received and worked on take as much memory as they may, all together or this client's.
    case noMemoryForBodies(retryAfter: Int)
    /// The model's self-test has not ended.
    case notReady(retryAfter: Int)
    /// The model did not reproduce its self-test vectors here.
    case selfTestFailed
    /// SIGTERM or SIGINT came.
    case shuttingDown
    /// The client closed the connection before its answer.
    case clientGone
    // The client
    /// Photos are accepted with a key alone, and none was sent.
    case noKey
    /// The key is none of those in the key file.
    case unknownKey
    /// More requests a second than the client may send.
    case tooManyRequests(retryAfter: Int)
    /// The folder for feedback holds as much as it may.
    case feedbackFull(limit: Int)
    /// Feedback that a page of another site sent through its visitor.
    case otherSite
    // HTTP
    /// What is wrong with the request's framing.
    case malformedHTTP(String)
    /// No route answers the path.
    case noSuchRoute(String)
    /// No model is served under the name.
    case noSuchModel(String, known: [String])
    /// The path is answered, but not for this method.
    case methodNotAllowed(String, allowed: [String])
}
