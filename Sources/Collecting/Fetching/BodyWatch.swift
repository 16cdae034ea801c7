import Imaging

/// Looks at a body while it arrives, so that nothing is fetched to its end that is not wanted.
struct BodyWatch: Sendable {
    /// What a body may be.
    enum Kind: Sendable {
        /// A picture, told by its first bytes.
        case photo
        /// Any bytes; what is longer than `limit` is an error.
        case text
    }

    let kind: Kind
    /// In bytes.
    let limit: Int
    private var isChecked = false

    init(_ kind: Kind, limit: Int) {
        self.kind = kind
        self.limit = limit
    }

    /// - Parameter length: what the header tells of the whole.
    /// - Throws: `DownloadFault.tooLong`.
    func expect(_ length: Int?) throws(DownloadFault) {
        if let length, length > limit { throw .tooLong(limit: limit) }
    }

    /// - Parameters:
    ///   - body: what is there so far.
    ///   - isEnd: whether that is all.
    /// - Throws: `DownloadFault.tooLong`, `.notAPhoto`.
    mutating func see(_ body: [UInt8], isEnd: Bool) throws(DownloadFault) {
        guard body.count <= limit else { throw .tooLong(limit: limit) }
        guard kind == .photo, !isChecked, isEnd || body.count >= ImageLimits.startLength else { return }
        isChecked = true
        do {
            try ImageLimits.standard.check(start: Array(body.prefix(ImageLimits.startLength)), of: body.count)
        } catch {
            throw .notAPhoto("\(error)")
        }
    }
}
