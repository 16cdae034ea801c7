extension Problem {
    /// What is said of a request that is not answered.
    /// - Complexity: O(1).
    init(request error: RequestError) {
        switch error {
        case .noPhoto(let expected):
            self.init(.noPhoto, detail: "Expected \(expected).", advice: "Attach a photo and send again.")
        case .malformedContentType(let value):
            self.init(
                .malformedContentType, detail: "The Content-Type cannot be read: \(value.prefix(200))",
                advice: "Send a media type such as image/jpeg or multipart/form-data; boundary=...")
        case .malformedMultipart(let fault, let offset):
            self.init(
                .malformedMultipart, detail: "The multipart body is broken at byte \(offset): \(fault.rawValue).",
                advice: "Let an HTTP library build the body, for example curl -F file=@photo.jpg.")
        case .malformedForm(let offset):
            self.init(
                .malformedForm, detail: "The form has a % without two hexadecimal digits at byte \(offset).",
                advice: "Percent-encode the data URL, for example with curl --data-urlencode.")
        case .malformedJSON(let fault):
            self.init(.malformedJSON, detail: "The body \(fault).", advice: "Send {\"image\": \"<base64 or data URL>\"}.")
        case .malformedBase64(let offset, let found):
            let evidence = found.map { "byte 0x" + String($0, radix: 16) + " does not belong" } ?? "the text ends inside a group"
            self.init(
                .malformedBase64, detail: "The base64 of the photo is broken at character \(offset): \(evidence).",
                advice: "Encode the whole file as base64, without cutting it.")
        case .malformedDataURL(let fault):
            self.init(
                .malformedDataURL, detail: "The data URL \(fault).",
                advice: "Send data:image/jpeg;base64, and the photo's base64 behind it.")
        case .unsupportedContentType(let type):
            self.init(
                .unsupportedContentType, detail: "The Content-Type is \(type.prefix(200)).",
                advice: "Send multipart/form-data with a file (curl -F file=@photo.jpg), the photo itself as image/jpeg, image/png "
                    + "or image/webp, or JSON with the photo as base64 in \"image\".", format: String(type.prefix(200)))
        case .unsupportedContentEncoding(let encoding):
            self.init(
                .unsupportedContentEncoding, detail: "The Content-Encoding is \(encoding.prefix(200)).",
                advice: "Send the body as it is, without Content-Encoding: photos are compressed already.",
                format: String(encoding.prefix(200)))
        case .bodyEndedEarly(let received, let announced):
            self.init(
                .incompleteBody, detail: "The body ended after \(received) of \(announced) bytes.", advice: "Send the whole photo.")
        case .badParameter(let name, let found, let expected):
            self.init(.badParameter, detail: "\(name.prefix(200)) is \(found.prefix(200)).", advice: "Send \(expected).")
        case .tooManyBytes(let limit, let found):
            let size = found.map { "is \($0) bytes long" } ?? "is longer than announced"
            self.init(
                .tooManyBytes, detail: "It \(size); at most \(limit) are accepted.",
                advice: "Send the photo with less resolution or as JPEG.", limit: limit)
        case .tooManyPhotos(let limit, let found):
            self.init(
                .tooManyPhotos, detail: "The request holds \(found); at most \(limit) are accepted.",
                advice: "Send them in several requests.", limit: limit)
        case .tooManyParts(let limit):
            self.init(
                .tooManyParts, detail: "At most \(limit) parts, fields or members are accepted.",
                advice: "Send the photos in several requests.", limit: limit)
        case .tooMuchWork(let seconds):
            self.init(
                .tooMuchWork, detail: "The work on it was given up after \(seconds) seconds.",
                advice: "Send the photo with less resolution, or the part of it that shows the faces.")
        case .tooManyHits(let limit):
            self.init(
                .tooManyHits, detail: "More than \(limit) windows passed the cascade.",
                advice: "Send a smaller photo, a larger min-size, or a larger scale-factor.", limit: limit)
        case .busy(let seconds):
            self.init(
                .busy, detail: "All workers are busy, and others wait already.",
                advice: "Send the request again after the seconds named in Retry-After.", retryAfter: seconds)
        case .noMemoryForBodies(let seconds):
            self.init(
                .noMemoryForBodies, detail: "The memory set aside for bodies is taken, all of it or this client's half.",
                advice: "Send fewer photos at the same time, and this one after the seconds named in Retry-After.", retryAfter: seconds)
        case .notReady(let seconds):
            self.init(
                .notReady, detail: "The model has not finished its self-test.",
                advice: "Send the request again after the seconds named in Retry-After.", retryAfter: seconds)
        case .selfTestFailed:
            self.init(
                .selfTestFailed,
                detail: "The model file's self-test vectors were not reproduced, so its answers could not be trusted.",
                advice: "The operator finds the difference in the log; the model must be trained or copied anew.")
        case .shuttingDown:
            self.init(
                .shuttingDown, detail: "The server began to stop before this request was answered.",
                advice: "Send the request again in a moment; another server may answer it.", retryAfter: 5)
        case .noKey:
            self.init(
                .noKey, detail: "This server answers photos sent with a key, and none was sent.",
                advice: "Send Authorization: Bearer KEY, with a key from the operator.")
        case .unknownKey:
            self.init(.unknownKey, detail: "The key is not known here.", advice: "Check the key, or get a new one from the operator.")
        case .tooManyRequests(let seconds):
            self.init(
                .tooManyRequests, detail: "More requests a second came than are accepted of one client.",
                advice: "Send the request again after the seconds named in Retry-After.", retryAfter: seconds)
        case .feedbackFull(let limit):
            self.init(
                .feedbackFull, detail: "\(limit) corrections are kept already.", advice: "The operator has to look through them first.",
                limit: limit)
        case .otherSite:
            self.init(
                .otherSite, detail: "A page of another site sent this.", advice: "Send corrections from this server's own page.")
        case .clientGone:
            self.init(
                .clientGone, detail: "The client closed the connection before its answer.",
                advice: "Keep the connection open until the answer.")
        case .malformedHTTP(let fault):
            self.init(.malformedHTTP, detail: fault, advice: "Let an HTTP library build the request.")
        case .noSuchRoute(let path):
            self.init(.notFound, detail: "No route answers \(path).", advice: "GET /api/openapi.json describes all routes.")
        case .noSuchModel(let name, let known):
            self.init(
                .notFound, detail: "No model is called \(name).",
                advice: "Use one of \(known.joined(separator: ", ")), see GET /api/models.")
        case .methodNotAllowed(let method, let allowed):
            self.init(
                .methodNotAllowed, detail: "\(method.prefix(16)) is not answered here.",
                advice: "Use \(allowed.joined(separator: " or ")).",
                allowed: allowed)
        }
    }
}
