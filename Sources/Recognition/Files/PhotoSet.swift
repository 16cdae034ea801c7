import Foundation
import SystemPackage

/// The pictures of a folder `root/<label>/<name>`, in byte order: photos to clean, or crops to train on.
public struct PhotoSet: Sendable {
    /// One file of a label.
    public struct Entry: Sendable, Hashable {
        /// "label/name" inside the folder.
        public let path: RelativePath
        /// The folder's name as text.
        public let label: String
        /// The folder's name.
        let folder: RelativePath
        /// The file's name.
        let name: RelativePath

        init(folder: RelativePath, name: RelativePath) {
            path = RelativePath(bytes: folder.bytes + [UInt8(ascii: "/")] + name.bytes)
            label = folder.text
            self.folder = folder
            self.name = name
        }
    }

    /// A label's folder that could not be listed.
    public struct Unlisted: Sendable, Hashable, Codable {
        /// Its name.
        public var path: RelativePath
        /// Why, in the system's words.
        public var reason: String
    }

    /// The folder.
    public let root: URL
    /// The label folders' names as text, in byte order of the names.
    public let labels: [String]
    /// Every file of every label: labels in byte order, the names of each in byte order.
    public let entries: [Entry]
    /// What lies in the folder and belongs to no label: files beside the label folders, folders inside them, links that lead back to
    /// where they lie.
    public let strays: [RelativePath]
    /// Label folders that could not be listed.
    public let unlisted: [Unlisted]
    private let rootPath: FilePath

    /// Lists the folder; opens no file. Names that start with a dot are passed over; links to files and folders are followed.
    /// - Throws: `RecognitionError.missing` where `root` is no folder, `.inputOutput` where it cannot be listed.
    public init(root: URL) throws(RecognitionError) {
        let rootPath = FilePath(root.path)
        var labels: [String] = []
        var entries: [Entry] = []
        var strays: [RelativePath] = []
        var unlisted: [Unlisted] = []
        for component in try FolderListing.visibleNames(in: rootPath) {
            let label = RelativePath(bytes: component.bytes)
            let folder = label.path(in: rootPath)
            guard isFolder(folder), !FolderListing.leadsBack(folder, to: rootPath) else {
                strays.append(label)
                continue
            }
            let names: [FilePath.Component]
            do {
                names = try FolderListing.visibleNames(in: folder)
            } catch {
                unlisted.append(Unlisted(path: label, reason: "\(error)"))
                continue
            }
            labels.append(label.text)
            for name in names {
                let entry = Entry(folder: label, name: RelativePath(bytes: name.bytes))
                if isFolder(entry.path.path(in: rootPath)) { strays.append(entry.path) } else { entries.append(entry) }
            }
        }
        self.root = root
        self.rootPath = rootPath
        self.labels = labels
        self.entries = entries
        self.strays = strays
        self.unlisted = unlisted
    }

    /// Where an entry lies.
    func path(of entry: Entry) -> FilePath { entry.path.path(in: rootPath) }
}
