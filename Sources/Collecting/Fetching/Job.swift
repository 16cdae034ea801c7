import Recognition

/// One thing to ask a host for.
struct Job: Sendable {
    enum Aim: Sendable {
        /// A photo; `known` is what the trail has of it.
        case photo(WantedPhoto, known: CollectedItem?)
        /// A page, so many links away from the first.
        case page(label: RelativePath, depth: Int)
        /// What a site allows.
        case robots
    }

    let aim: Aim
    /// What is asked now; a redirect changes it.
    var address: WebAddress
    /// Every address so far, this one the last.
    var way: [String]
    /// How often it was asked in vain.
    var attempts = 0

    init(_ aim: Aim, at address: WebAddress) {
        self.aim = aim
        self.address = address
        way = [address.text]
    }

    /// Files have a queue of their own.
    var host: String { address.scheme == .file ? "file:" : address.host }

    /// The address that answered, where it is not the one that was asked for first.
    var finalURL: String? { way.count > 1 ? address.text : nil }

    /// - Parameter most: redirects.
    /// - Throws: `DownloadFault.redirect` for too many, a circle, none at all, or one that leads to a file; those of `WebAddress`.
    mutating func follow(_ location: String?, most: Int) throws(DownloadFault) {
        guard let location else { throw .redirect("a redirect without a Location") }
        let next = try WebAddress(location, relativeTo: address)
        guard next.scheme != .file else { throw .redirect("a redirect to a file") }
        guard !way.contains(next.text) else { throw .redirect("redirects in a circle: \(next.text)") }
        guard way.count <= most else { throw .redirect("more than \(most) redirects") }
        way.append(next.text)
        address = next
    }
}
