import Foundation
import Imaging

/// A line of `photos/.collected.jsonl`: where one photo came from and what became of it.
public struct CollectedItem: Sendable, Equatable, Codable {
    /// What became of it.
    public enum Status: String, Sendable, Codable {
        /// It has a file of its own.
        case stored
        /// The label has the same bytes already; its file is a hard link to them.
        case linked
        /// It is no photo that can be taken; `error` says why.
        case refused
    }

    /// Where it came from: a path, or the address that was asked for.
    public var source: RelativePath
    /// The label it was meant for.
    public var label: RelativePath
    /// What became of it.
    public var status: Status
    /// Why it was refused, in words.
    public var error: String?
    /// "label/name" inside the folder of photos; absent where it was refused.
    public var file: RelativePath?
    /// Of its bytes.
    public var sha256: String?
    /// Its length.
    public var bytes: Int?
    /// Of its picture.
    public var hash: DifferenceHash?
    /// "label/name" of a photo with the same bytes.
    public var duplicateOf: RelativePath?
    /// "label/name" of a photo that shows the same picture, or nearly.
    public var nearDuplicateOf: RelativePath?
    /// When, as ISO 8601 in UTC.
    public var at: String
    /// Under which licence, where the source told.
    public var licence: String?
    /// Whose work it is, where the source told.
    public var author: String?
    /// The page it was found on, where the source told.
    public var sourcePage: String?
    /// The address that answered, where redirects led to another one.
    public var finalURL: String?
    /// The status of the answer (RFC 9110), where a server gave one.
    public var code: Int?
    /// What a rerun asks the server with, so that it sends a photo again only where it changed: the answer's `ETag`.
    public var etag: String?
    /// The same for `Last-Modified`.
    public var lastModified: String?
    /// What else a list told, by the names of its columns.
    public var columns: [String: String]?

    /// An item of which nothing is known yet.
    package init(source: RelativePath, label: RelativePath, at: Date = Date()) {
        self.source = source
        self.label = label
        status = .refused
        self.at = at.ISO8601Format()
    }

    /// Whether a line that was read can be one that was written: it names a file exactly where there is one, and no path leads out of the
    /// folder of photos.
    var isPossible: Bool {
        (status == .refused) == (file == nil) && [file, duplicateOf, nearDuplicateOf].allSatisfy { $0?.isLabelAndName ?? true }
            && bytes ?? 0 >= 0
    }
}
