import SystemPackage

/// Every file below a folder, whatever its folders mean.
package struct PhotoArchive: Sendable {
    /// The folder.
    package let root: FilePath
    /// In byte order of the paths inside the folder.
    package let files: [RelativePath]
    /// Folders that could not be listed.
    package let unlisted: [PhotoSet.Unlisted]

    /// Lists the folder and all below; opens no file. Names that start with a dot are passed over; links to files and folders are followed,
    /// but never into a folder whose content is being listed already.
    /// - Parameter output: a folder for results, which is no part of the archive even where a link leads there.
    /// - Throws: `RecognitionError.missing` where `root` is no folder, `.inputOutput` where it cannot be listed.
    /// - Complexity: O(n log n).
    package init(root: FilePath, without output: FilePath? = nil) throws(RecognitionError) {
        var walk = Walk(root: root, open: output.flatMap(Folder.init).map { [$0] } ?? [])
        guard let start = Folder(root) else { throw .missing(path: root.string, what: "folder") }
        walk.open.insert(start)
        try walk.list([])
        self.root = root
        files = walk.files.sorted()
        unlisted = walk.unlisted
    }

    /// Where a file lies.
    package func path(of file: RelativePath) -> FilePath { file.path(in: root) }

    /// Whether nothing is known of a file, since the folder it would lie in could not be listed.
    func isHidden(_ file: RelativePath) -> Bool {
        unlisted.contains { file.bytes.starts(with: $0.path.bytes + [UInt8(ascii: "/")]) }
    }

    /// What tells a folder from others, under whatever name.
    private struct Folder: Hashable {
        var device: DeviceID
        var inode: Inode

        /// Nil where `path` is no folder.
        init?(_ path: FilePath) {
            guard let status = try? path.stat(), status.type == .directory else { return nil }
            device = status.deviceID
            inode = status.inode
        }
    }

    private struct Walk {
        let root: FilePath
        /// Those that are being listed, and the one for results.
        var open: Set<Folder>
        var files: [RelativePath] = []
        var unlisted: [PhotoSet.Unlisted] = []

        init(root: FilePath, open: Set<Folder>) {
            self.root = root
            self.open = open
        }

        /// Lists the folder whose path inside the root is `start` without its last slash; an empty one is the root.
        mutating func list(_ start: [UInt8]) throws(RecognitionError) {
            let folder = start.isEmpty ? root : RelativePath(bytes: start.dropLast()).path(in: root)
            for name in try FolderListing.visibleNames(in: folder) {
                let file = RelativePath(bytes: start + name.bytes)
                guard let below = Folder(file.path(in: root)) else {
                    files.append(file)
                    continue
                }
                guard open.insert(below).inserted else { continue }
                do {
                    try list(file.bytes + [UInt8(ascii: "/")])
                } catch {
                    unlisted.append(PhotoSet.Unlisted(path: file, reason: "\(error)"))
                }
                open.remove(below)
            }
        }
    }
}
