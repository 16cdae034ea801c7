extension Problem {
    /// Every kind of problem there is; the raw value is the end of its `type`, which programs compare.
    package enum Kind: String, CaseIterable, Sendable {
        // The body's wrapping
        case noPhoto = "no-photo"
        case malformedContentType = "malformed-content-type"
        case malformedMultipart = "malformed-multipart"
        case malformedForm = "malformed-form"
        case malformedJSON = "malformed-json"
        case malformedBase64 = "malformed-base64"
        case malformedDataURL = "malformed-data-url"
        case incompleteBody = "incomplete-body"
        case unsupportedContentType = "unsupported-content-type"
        case unsupportedContentEncoding = "unsupported-content-encoding"
        // The photo
        case notAPhoto = "not-a-photo"
        case formatNotBuiltIn = "format-not-built-in"
        case unsupportedVariant = "unsupported-variant"
        case damagedPhoto = "damaged-photo"
        case tooManyPixels = "too-many-pixels"
        // The query
        case badParameter = "bad-parameter"
        // Limits
        case tooManyBytes = "too-many-bytes"
        case tooManyPhotos = "too-many-photos"
        case tooManyParts = "too-many-parts"
        case tooManyHits = "too-many-hits"
        case tooMuchWork = "too-much-work"
        case slowBody = "slow-body"
        // The server's state
        case busy
        case noMemoryForBodies = "no-memory-for-bodies"
        case notReady = "not-ready"
        case selfTestFailed = "self-test-failed"
        case shuttingDown = "shutting-down"
        case unexpected
        // The client
        case noKey = "no-key"
        case unknownKey = "unknown-key"
        case tooManyRequests = "too-many-requests"
        // Feedback
        case feedbackFull = "feedback-full"
        case otherSite = "other-site"
        // HTTP
        case clientGone = "client-gone"
        case malformedHTTP = "malformed-http"
        case headTooLarge = "head-too-large"
        case notImplemented = "not-implemented"
        case tooManyConnections = "too-many-connections"
        case notFound = "not-found"
        case methodNotAllowed = "method-not-allowed"

        /// The response's status code.
        package var status: Int {
            switch self {
            case .noPhoto, .malformedContentType, .malformedMultipart, .malformedForm, .malformedJSON, .malformedBase64, .malformedDataURL,
                .incompleteBody, .badParameter, .clientGone, .malformedHTTP:
                400
            case .noKey, .unknownKey: 401
            case .otherSite: 403
            case .notFound: 404
            case .methodNotAllowed: 405
            case .slowBody: 408
            case .tooManyPixels, .tooManyBytes, .tooManyPhotos, .tooManyParts: 413
            case .unsupportedContentType, .unsupportedContentEncoding, .notAPhoto, .formatNotBuiltIn, .unsupportedVariant: 415
            case .damagedPhoto, .tooManyHits, .tooMuchWork: 422
            case .tooManyRequests: 429
            case .headTooLarge: 431
            case .unexpected: 500
            case .notImplemented: 501
            case .feedbackFull: 507
            case .busy, .noMemoryForBodies, .notReady, .selfTestFailed, .shuttingDown, .tooManyConnections: 503
            }
        }

        /// The same for every problem of a kind.
        package var title: String {
            switch self {
            case .noPhoto: "No photo arrived"
            case .malformedContentType, .malformedMultipart, .malformedForm, .malformedJSON, .malformedBase64, .malformedDataURL,
                .incompleteBody:
                "The request is malformed"
            case .unsupportedContentType: "A body of this kind is not read"
            case .unsupportedContentEncoding: "A compressed body is not read"
            case .notAPhoto, .formatNotBuiltIn, .unsupportedVariant: "Not a picture of a supported format"
            case .damagedPhoto: "The photo is damaged"
            case .tooManyPixels, .tooManyBytes: "The photo is too large"
            case .badParameter: "A parameter of the query is not accepted"
            case .tooManyPhotos: "Too many photos at once"
            case .tooManyParts: "Too many parts in one request"
            case .tooManyHits: "The search finds too much"
            case .tooMuchWork: "The photo takes too long"
            case .slowBody: "The request took too long to arrive"
            case .busy: "The server has as much work as it takes on"
            case .noMemoryForBodies: "The server receives as many photos as it takes at once"
            case .notReady: "The server is starting"
            case .selfTestFailed: "The model does not work on this machine"
            case .shuttingDown: "The server is shutting down"
            case .unexpected: "The server failed to answer"
            case .clientGone: "The connection was closed"
            case .malformedHTTP: "The request is not valid HTTP"
            case .noKey, .unknownKey: "A key is needed"
            case .tooManyRequests: "Too many requests"
            case .feedbackFull: "No more corrections are kept"
            case .otherSite: "This is for the server's own page"
            case .headTooLarge: "The head of the request is too large"
            case .notImplemented: "The request asks for what is not known here"
            case .tooManyConnections: "The server has as many connections as it takes"
            case .notFound: "There is nothing here"
            case .methodNotAllowed: "The route does not answer this method"
            }
        }
    }
}
