import Foundation

/// The pictures of a folder `root/<label>/<name>`, in byte order: photos to clean, or crops to train on.
public struct PhotoSet: Sendable {
    public struct Entry: Sendable, Hashable {
        public var label: String
        public var name: String
        /// "label/name", as the manifest writes it.
        public var path: String { "\(label)/\(name)" }
    }

    public let root: URL
    public let labels: [String]
    public let entries: [Entry]
    /// What lies in the folder and belongs to no label: files beside the label folders, folders inside them.
    public let strays: [String]

    /// Lists the folder; opens no file. Names that start with a dot are passed over.
    /// - Throws: `RecognitionError.missing` where `root` is no folder.
    public init(root: URL) throws {
        var labels: [String] = []
        var entries: [Entry] = []
        var strays: [String] = []
        for label in try visibleNames(in: root) {
            let folder = root.appendingPathComponent(label)
            guard isFolder(folder) else {
                strays.append(label)
                continue
            }
            labels.append(label)
            for name in try visibleNames(in: folder) {
                if isFolder(folder.appendingPathComponent(name)) {
                    strays.append("\(label)/\(name)")
                } else {
                    entries.append(Entry(label: label, name: name))
                }
            }
        }
        self.root = root
        self.labels = labels
        self.entries = entries
        self.strays = strays
    }

    public func url(of entry: Entry) -> URL {
        root.appendingPathComponent(entry.label).appendingPathComponent(entry.name)
    }
}
