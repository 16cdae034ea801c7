import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The links or copies of a sorted folder. What lies there and was not made by sorting is never touched.
struct EntryFolder: Sendable {
    let archive: PhotoArchive
    let folder: FilePath
    let mode: ArchiveSorter.Mode
    /// From a folder of entries to the archive.
    private let way: FilePath

    /// - Parameter folder: which exists.
    init(_ folder: FilePath, of archive: PhotoArchive, mode: ArchiveSorter.Mode) {
        self.archive = archive
        self.folder = folder
        self.mode = mode
        way = FilePath("..").pushing(RealPath.way(from: RealPath.ofFuture(folder), to: RealPath.ofFuture(archive.root)))
    }

    /// Makes an entry for a photo; one that is there already stays.
    /// - Returns: whether it is there now: false where something else lies in its place.
    /// - Throws: `RecognitionError.inputOutput`; `.missing` where the photo to copy is gone.
    func make(_ entry: RelativePath, of photo: RelativePath) throws(RecognitionError) -> Bool {
        let path = entry.path(in: folder)
        try AtomicFile.makeFolder(path.removingLastComponent())
        switch mode {
        case .link:
            let target = photo.path(in: way)
            let status = target.withPlatformString { target in path.withPlatformString { symlink(target, $0) } }
            guard status != 0 else { return true }
            guard errno == EEXIST else { throw AtomicFile.failure(path, Errno(rawValue: errno)) }
            return Self.target(of: path) == target
        case .copy:
            let bytes = try FileBytes.read(archive.path(of: photo))
            if exists(entry) {
                guard Self.type(of: path) == .regular else { return false }
                return try FileBytes.read(path) == bytes
            }
            try AtomicFile.write(bytes, to: path)
            try keepTimes(of: archive.path(of: photo), at: path)
            return true
        }
    }

    /// Whether anything lies there, a link that leads nowhere included.
    func exists(_ entry: RelativePath) -> Bool { Self.type(of: entry.path(in: folder)) != nil }

    /// Removes entries that a line lists; where a person put a file of another kind in the place of one, that stays.
    /// - Returns: how many there were.
    func remove(_ entries: [RelativePath], madeBy mode: ArchiveSorter.Mode) throws(RecognitionError) -> Int {
        var count = 0
        for path in entries.map({ $0.path(in: folder) }) where Self.type(of: path) == (mode == .link ? .symbolicLink : .regular) {
            try AtomicFile.remove(path)
            count += 1
        }
        return count
    }

    /// Removes the folders among `names` in which nothing is left.
    func removeEmpty(_ names: Set<RelativePath>) throws(RecognitionError) {
        for path in names.map({ $0.path(in: folder) }) where Self.type(of: path) == .directory {
            guard path.withPlatformString({ rmdir($0) }) != 0, ![ENOTEMPTY, EEXIST, ENOENT].contains(errno) else { continue }
            throw AtomicFile.failure(path, Errno(rawValue: errno))
        }
    }

    /// A copy is as old as its photo.
    private func keepTimes(of photo: FilePath, at copy: FilePath) throws(RecognitionError) {
        do {
            let status = try photo.stat()
            let times = [status.st_atim, status.st_mtim]
            guard copy.withPlatformString({ utimensat(AT_FDCWD, $0, times, 0) }) == 0 else { throw Errno(rawValue: errno) }
        } catch {
            throw AtomicFile.failure(copy, error)
        }
    }

    private static func type(of path: FilePath) -> FileType? { try? path.stat(followTargetSymlink: false).type }

    /// Where a link leads; nil for anything else.
    private static func target(of path: FilePath) -> FilePath? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        let count = path.withPlatformString { readlink($0, &buffer, Int(PATH_MAX)) }
        return count < 0 ? nil : FilePath(platformString: buffer)
    }
}
