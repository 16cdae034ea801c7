/// What a server said.
struct Answer: Sendable {
    /// RFC 9110.
    var code: Int
    var contentType: String?
    var location: String?
    var retryAfter: String?
    var etag: String?
    var lastModified: String?
    /// Of a 200 alone.
    var body: [UInt8] = []

    /// The media type without its parameters, in lower case.
    var mediaType: String? {
        contentType?.prefix { $0 != ";" }.lowercased().filter { !$0.isWhitespace }
    }

    /// The parameter `charset` of the content type.
    var charset: String? {
        guard let parameter = contentType?.split(separator: ";").dropFirst().first(where: { $0.lowercased().contains("charset=") }) else {
            return nil
        }
        return parameter.split(separator: "=").last.map { $0.filter { !$0.isWhitespace && $0 != "\"" } }
    }
}

/// What makes a server answer only where something changed.
struct Validators: Sendable, Equatable {
    var etag: String?
    var lastModified: String?
}
