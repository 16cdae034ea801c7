import Foundation
import Recognition
import Support

/// A list of photos: CSV with a header (or in the order label, url, licence, source page, author), JSON Lines, or the trail of another collection.
public struct PhotoList: Sendable {
    /// A line that names no photo.
    public struct Fault: Sendable, Equatable {
        /// Counted from 1; of CSV the row.
        public var line: Int
        /// Why, in words.
        public var reason: String
    }

    /// In the list's order.
    public internal(set) var photos: [WantedPhoto] = []
    /// Lines that were passed over.
    public internal(set) var faults: [Fault] = []

    /// Reads a list; what it is, its name says: `.csv`, `.tsv`, `.jsonl` or `.ndjson`.
    /// - Throws: `RecognitionError` where the file cannot be read; `CollectingError.unusableList` where it is no list.
    public init(_ file: URL) throws {
        let bytes = try FileBytes.read(file)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CollectingError.unusableList(path: file.path, line: nil, reason: "is not UTF-8; save it as UTF-8")
        }
        switch file.pathExtension.lowercased() {
        case "jsonl", "ndjson": self.init(lines: text, folder: file.deletingLastPathComponent())
        default: try self.init(table: text, path: file.path)
        }
        guard !photos.isEmpty || !faults.isEmpty else {
            throw CollectingError.unusableList(path: file.path, line: nil, reason: "names no photo")
        }
    }

    /// - Parameter folder: where the list lies; the photos of another collection lie beside it.
    init(lines text: String, folder: URL) {
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard !line.allSatisfy(\.isWhitespace) else { continue }
            guard let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] else {
                faults.append(Fault(line: index + 1, reason: "is no JSON object"))
                continue
            }
            if object["forgotten"] is String || object["status"] as? String == "refused" { continue }
            if let photo = Self.cleaned(object, folder: folder) {
                photos.append(photo)
            } else if let photo = WantedPhoto(values: Self.values(of: object, folder: folder)) {
                photos.append(photo)
            } else {
                faults.append(Fault(line: index + 1, reason: "has no label and url"))
            }
        }
    }

    /// A line of a manifest that `clean` wrote: `path` is the label and the name, `source` where the photo lies.
    private static func cleaned(_ object: [String: Any], folder: URL) -> WantedPhoto? {
        guard let path = object["path"] as? String, let source = object["source"] as? String, object["sha256"] is String,
            let name = path.split(separator: "/").first
        else { return nil }
        // A list may come from anywhere: a name that leads out of the photos becomes one that does not.
        let label = RelativePath(label: Array(name.utf8)) ?? SafeName.label(for: String(name))
        return WantedPhoto(label: label, url: folder.appendingPathComponent(source).standardizedFileURL.absoluteString)
    }

    /// What another collection found of its own bytes is not the list's to tell.
    private static let ofTheTrail: Set<String> = [
        "status", "error", "file", "sha256", "bytes", "hash", "duplicateOf", "nearDuplicateOf", "at", "finalURL", "code", "etag",
        "lastModified",
    ]

    /// In the order of the keys; the columns that another trail kept are columns again, and a photo that it has from no server lies beside it.
    private static func values(of object: [String: Any], folder: URL) -> [(header: String, value: String)] {
        let isTrail = object["status"] is String && object["at"] is String
        var values: [(header: String, value: String)] = []
        for (key, value) in object.sorted(by: { $0.key < $1.key }) where !(isTrail && ofTheTrail.contains(key)) {
            if isTrail, key == "source", let file = ownFile(of: object, folder: folder) {
                values.append((key, file.absoluteString))
            } else if isTrail, key == "columns", let columns = value as? [String: String] {
                values += columns.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
            } else {
                values.append((key, text(of: value)))
            }
        }
        return values
    }

    /// The photo that another collection took from a folder or an archive: that one may be gone, its copy is not.
    private static func ownFile(of object: [String: Any], folder: URL) -> URL? {
        let isOfServer = (object["source"] as? String).flatMap { try? WebAddress($0) }.map { $0.scheme != .file } ?? false
        guard !isOfServer, let file = object["file"] as? String, RelativePath(labelAndName: Array(file.utf8)) != nil else { return nil }
        return folder.appendingPathComponent(file).standardizedFileURL
    }

    /// Text as it is, everything else as JSON.
    private static func text(of value: Any) -> String {
        if let text = value as? String { return text }
        if value is NSNull { return "" }
        guard let json = try? JSONSerialization.data(withJSONObject: value, options: [.fragmentsAllowed, .sortedKeys]) else {
            return "\(value)"
        }
        return String(decoding: json, as: UTF8.self)
    }
}
