/// What is wrong with a `multipart/form-data` body.
public enum MultipartFault: String, Sendable, Equatable, CaseIterable {
    /// No `boundary` parameter.
    case noBoundary = "its Content-Type names no boundary"
    /// A boundary of a length or with characters that RFC 2046 forbids.
    case badBoundary = "its boundary is not 1 to 70 of the characters RFC 2046 allows"
    /// No boundary line before the first part.
    case noFirstDelimiter = "its first boundary line is missing"
    /// Something behind a boundary on its line.
    case badDelimiterLine = "a boundary is followed by something else than a line end or two hyphens"
    /// The body ends among the header lines of a part.
    case truncatedHeaders = "the header lines of a part do not end"
    /// Over 16 KiB of header lines in one part.
    case headersTooLong = "the header lines of a part are longer than 16 KiB"
    /// A line without a colon.
    case badHeader = "a header line of a part has no colon"
    /// A part that does not say which field it is.
    case noDisposition = "a part has no `Content-Disposition: form-data` line with a name"
    /// The body ends inside a part.
    case truncatedBody = "the last part is not closed by its boundary"
}
