import Hummingbird
import Imaging

extension Problem {
    /// The problem that stands for `error`: one of ours, one of the framework's, or one nobody expected (500, without its text).
    init(_ error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let error as RequestError: self.init(request: error)
        case let error as ImagingError: self.init(imaging: error)
        case let error as any HTTPResponseError: self.init(framework: Int(error.status.code))
        default: self = .unexpected
        }
    }

    /// - Complexity: O(1).
    init(request error: RequestError) {
        switch error {
        case .noPhoto, .malformedContentType, .malformedMultipart, .malformedForm, .malformedJSON, .malformedBase64,
            .malformedDataURL, .bodyEndedEarly:
            self.init(malformed: error)
        case .tooManyBytes, .tooManyPhotos, .tooManyParts:
            self.init(limit: error)
        case .unsupportedContentType(let type):
            self.init(
                415, "unsupported-content-type", "A body of this kind is not read", detail: "The Content-Type is \(type).",
                advice: "Send multipart/form-data with a file (curl -F file=@photo.jpg), the photo itself as image/jpeg, image/png "
                    + "or image/webp, or JSON with the photo as base64 in \"image\".", format: type)
        case .badParameter(let name, let found, let expected):
            self.init(
                400, "bad-parameter", "A parameter of the query is not accepted", detail: "\(name) is \(found.prefix(200)).",
                advice: "Send \(expected).")
        case .searchTooLong(let seconds):
            self.init(
                400, "search-too-long", "The search takes too long", detail: "It was given up after \(seconds) seconds.",
                advice: "Send a smaller photo, a larger min-size, or a larger scale-factor.")
        case .tooManyHits(let limit):
            self.init(
                400, "too-many-hits", "The search finds too much", detail: "More than \(limit) windows passed the cascade.",
                advice: "Send a smaller photo, a larger min-size, or a larger scale-factor.", limit: limit)
        case .busy(let seconds):
            self.init(
                503, "busy", "The server has as much work as it takes on",
                detail: "All workers are busy and the waiting line is full.",
                advice: "Send the request again after the seconds named in Retry-After.", retryAfter: seconds)
        case .notReady(let seconds):
            self.init(
                503, "not-ready", "The server is starting", detail: "The model has not finished its self-test.",
                advice: "Send the request again after the seconds named in Retry-After.", retryAfter: seconds)
        case .selfTestFailed:
            self.init(
                503, "self-test-failed", "The model does not work on this machine",
                detail: "The model file's self-test vectors were not reproduced, so nothing it says could be trusted.",
                advice: "The operator finds the difference in the log; the model must be trained or copied anew.")
        case .clientGone:
            self.init(
                400, "client-gone", "The connection was closed", detail: "The client hung up before its photo's turn came.",
                advice: "Keep the connection open until the answer.")
        case .noSuchRoute(let path):
            self.init(
                404, "not-found", "There is nothing here", detail: "No route answers \(path).",
                advice: "GET /api/openapi.yaml describes all routes.")
        case .methodNotAllowed(let method, let allowed):
            self.init(
                405, "method-not-allowed", "The route does not answer this method", detail: "\(method) is not answered here.",
                advice: "Use \(allowed.joined(separator: " or ")).", allowed: allowed)
        }
    }

    private init(malformed error: RequestError) {
        let title = "The request is malformed"
        switch error {
        case .noPhoto(let expected):
            self.init(
                400, "no-photo", "The request holds no photo", detail: "Expected \(expected).", advice: "Attach a photo and send again.")
        case .malformedMultipart(let fault, let offset):
            self.init(
                400, "malformed-multipart", title, detail: "The multipart body is broken at byte \(offset): \(fault.rawValue).",
                advice: "Let an HTTP library build the body, for example curl -F file=@photo.jpg.")
        case .malformedForm(let offset):
            self.init(
                400, "malformed-form", title, detail: "The form has a % without two hexadecimal digits at byte \(offset).",
                advice: "Percent-encode the data URL, for example with curl --data-urlencode.")
        case .malformedJSON(let fault):
            self.init(
                400, "malformed-json", title, detail: "The body \(fault).",
                advice: "Send {\"image\": \"<base64 or data URL>\"}.")
        case .malformedBase64(let offset, let found):
            let evidence = found.map { "byte 0x" + String($0, radix: 16) + " does not belong" } ?? "the text ends inside a group"
            self.init(
                400, "malformed-base64", title, detail: "The base64 of the photo is broken at character \(offset): \(evidence).",
                advice: "Encode the whole file as base64, without cutting it.")
        case .malformedDataURL(let fault):
            self.init(
                400, "malformed-data-url", title, detail: "The data URL \(fault).",
                advice: "Send data:image/jpeg;base64, and the photo's base64 behind it.")
        case .malformedContentType(let value):
            self.init(
                400, "malformed-content-type", title, detail: "The Content-Type cannot be read: \(value.prefix(200))",
                advice: "Send a media type such as image/jpeg or multipart/form-data; boundary=...")
        case .bodyEndedEarly(let received, let announced):
            self.init(
                400, "incomplete-body", title, detail: "The body ended after \(received) of \(announced) bytes.",
                advice: "Send the whole photo.")
        default:
            self = .unexpected
        }
    }

    private init(limit error: RequestError) {
        switch error {
        case .tooManyBytes(let limit, let found):
            let size = found.map { "is \($0) bytes long" } ?? "is longer than announced"
            self.init(
                413, "too-many-bytes", "The photo is too large", detail: "It \(size); at most \(limit) are accepted.",
                advice: "Send the photo with less resolution or as JPEG.", limit: limit)
        case .tooManyPhotos(let limit, let found):
            self.init(
                413, "too-many-photos", "Too many photos at once", detail: "The request holds \(found); at most \(limit) are accepted.",
                advice: "Send them in several requests.", limit: limit)
        case .tooManyParts(let limit):
            self.init(
                413, "too-many-parts", "Too many parts in one request", detail: "At most \(limit) parts or fields are accepted.",
                advice: "Send the photos in several requests.", limit: limit)
        default:
            self = .unexpected
        }
    }

    private init(framework status: Int) {
        switch status {
        case 404: self.init(request: .noSuchRoute("this path"))
        case 400..<500:
            self.init(status, "refused", "The request was refused", detail: "The request is not valid HTTP.", advice: "Check the request.")
        default: self = .unexpected
        }
    }
}

extension Problem {
    /// What the decoder found wrong with a photo.
    init(imaging error: ImagingError) {
        let names = ImageFormat.builtIn.map(\.name)
        let readable = "Send the photo as \(names.dropLast().joined(separator: ", ")) or \(names[names.count - 1])."
        switch error {
        case .unknownFormat(let seen):
            self.init(
                415, "not-a-photo", "Not a picture that is read here", detail: "The bytes look like \(seen.rawValue).",
                advice: readable, format: seen.rawValue)
        case .notBuiltIn(let format):
            self.init(
                415, "format-not-built-in", "Not a picture that is read here",
                detail: "The bytes look like \(format.name), which this server was built without.", advice: readable,
                format: format.name)
        case .unsupported(let format, let variant):
            self.init(
                415, "unsupported-variant", "Not a picture that is read here",
                detail: "This kind of \(format.name) is not read: \(variant).", advice: "Save it as a still 8-bit picture and send that.",
                format: format.name)
        case .damaged(let format, let detail):
            self.init(
                422, "damaged-photo", "The photo is damaged", detail: "The \(format.name) cannot be decoded: \(detail).",
                advice: "Send the original file; this copy is broken or incomplete.", format: format.name)
        case .tooLarge(let width, let height, let limit):
            self.init(
                413, "too-many-pixels", "The photo is too large",
                detail: "It is \(width) x \(height) pixels; at most \(limit) pixels in all are accepted.",
                advice: "Send it with less resolution.", limit: limit)
        case .sideTooLong(let width, let height, let limit):
            self.init(
                413, "side-too-long", "The photo is too large",
                detail: "It is \(width) x \(height) pixels; a side of at most \(limit) is accepted.",
                advice: "Send it with less resolution.", limit: limit)
        case .tooManyBytes(let count, let limit):
            self.init(
                413, "too-many-bytes", "The photo is too large", detail: "It has \(count) bytes; at most \(limit) are accepted.",
                advice: "Send it with less resolution.", limit: limit)
        case .outOfMemory, .cannotEncode, .missingFile, .unreadableFile, .invalidParameter:
            self = .unexpected
        }
    }
}
