/// Which way a body wraps its photos, from its Content-Type; decided before the body is read because it sets the body's limit.
package enum PhotoBody: Equatable, Sendable {
    /// The body is the photo.
    case raw
    /// `multipart/form-data`.
    case multipart(boundary: String?)
    /// A JSON object with the photo as base64 or data URL.
    case json
    /// `application/x-www-form-urlencoded` with the photo as data URL.
    case form

    /// - Parameter acceptsForm: Whether a URL-encoded form may carry the photo, as on the tutorial's route.
    /// - Throws: `RequestError.unsupportedContentType`, `RequestError.malformedContentType`.
    package init(contentType: String?, acceptsForm: Bool) throws(RequestError) {
        guard let contentType else {
            self = acceptsForm ? .form : .raw
            return
        }
        guard let header = HeaderParameters(contentType) else { throw .malformedContentType(contentType) }
        switch header.value {
        case "multipart/form-data": self = .multipart(boundary: header.parameters["boundary"])
        case "application/json": self = .json
        case "application/x-www-form-urlencoded" where acceptsForm: self = .form
        case "application/octet-stream": self = .raw
        case let value where value.hasPrefix("image/"): self = .raw
        default: throw .unsupportedContentType(header.value)
        }
    }

    /// The longest body that can hold photos within the limits.
    package func maximumBytes(_ limits: RequestLimits) -> Int {
        switch self {
        case .raw: limits.bytes
        case .multipart: limits.bytes + RequestLimits.framing
        case .json, .form: limits.encodedBytes
        }
    }

    /// The photos in `body`: at least one, each within the limit of bytes.
    /// - Parameter fields: The names under which a form or JSON object may carry a photo.
    /// - Throws: `RequestError` naming what is malformed, missing or too much.
    /// - Complexity: O(bytes of the body).
    package func photos(in body: [UInt8], fields: [String], limits: RequestLimits) throws(RequestError) -> [PhotoUpload] {
        let photos: [PhotoUpload]
        switch self {
        case .raw: photos = [PhotoUpload(name: nil, bytes: body)]
        case .multipart(let boundary): photos = try Self.multipart(body, boundary: boundary, fields: fields, limits: limits)
        case .json: photos = [PhotoUpload(name: nil, bytes: try Self.json(body, fields: fields, limits: limits))]
        case .form: photos = [PhotoUpload(name: nil, bytes: try Self.form(body, fields: fields, limits: limits))]
        }
        let present = photos.filter { !$0.bytes.isEmpty }
        guard !present.isEmpty else { throw .noPhoto(expected: expectation(fields)) }
        guard present.count <= limits.photos else { throw .tooManyPhotos(limit: limits.photos, found: present.count) }
        if let large = present.first(where: { $0.bytes.count > limits.bytes }) {
            throw .tooManyBytes(limit: limits.bytes, found: large.bytes.count)
        }
        return present
    }

    private func expectation(_ fields: [String]) -> String {
        let names = fields.map { "`\($0)`" }.joined(separator: " or ")
        return switch self {
        case .raw: "the bytes of a photo as the body"
        case .multipart: "a file in the field \(names)"
        case .json: "a JSON object with the photo as base64 or data URL in \(names)"
        case .form: "the photo as data URL in the form field \(names)"
        }
    }

    private static func multipart(
        _ body: [UInt8], boundary: String?, fields: [String], limits: RequestLimits
    ) throws(RequestError) -> [PhotoUpload] {
        let parts = try MultipartReader(body: body, boundary: boundary, maximumParts: limits.parts).parts()
        var photos: [PhotoUpload] = []
        for part in parts where fields.contains(part.name) {
            let content = body[part.content]
            // A part without a file name is a field, of whatever type: the tutorial's clients send the data URL so.
            let isText = part.fileName == nil && (DataURL.hasScheme(content) || DataURL.isBare(content))
            let bytes = isText ? try DataURL.photo(in: Array(content)) : Array(content)
            photos.append(PhotoUpload(name: part.fileName, bytes: bytes))
        }
        return photos
    }

    private static func json(_ body: [UInt8], fields: [String], limits: RequestLimits) throws(RequestError) -> [UInt8] {
        try DataURL.photo(
            in: try JSONBody.text(in: body, fields: fields, maximumMembers: limits.parts, expected: Self.json.expectation(fields)))
    }

    private static func form(_ body: [UInt8], fields: [String], limits: RequestLimits) throws(RequestError) -> [UInt8] {
        for field in fields {
            if let value = try FormURLEncoded.value(of: field, in: body, maximumFields: limits.parts) {
                return try DataURL.photo(in: value)
            }
        }
        throw .noPhoto(expected: Self.form.expectation(fields))
    }
}
