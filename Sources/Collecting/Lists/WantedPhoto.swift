import Recognition

/// One photo that somebody wants: whom it shows, and where it is.
public struct WantedPhoto: Sendable, Equatable {
    /// The folder it belongs in.
    public var label: RelativePath
    /// Where it is, as it was written: an `http`, `https` or `file` address.
    public var url: String
    /// Under which licence, where it is known.
    public var licence: String?
    /// Whose work it is, where it is known.
    public var author: String?
    /// The page it stands on, where it is known.
    public var sourcePage: String?
    /// What else was told of it, by the names of a list's columns.
    public var columns: [String: String] = [:]

    /// A photo of which nothing else is known.
    public init(label: RelativePath, url: String) {
        self.label = label
        self.url = url
    }
}
