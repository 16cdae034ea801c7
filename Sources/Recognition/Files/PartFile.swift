import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// An unfinished file on its way to its name. It is locked while its process lives, so that others can tell it from what a killed
/// process left.
struct PartFile {
    let path: FilePath
    /// Open for writing.
    let descriptor: FileDescriptor

    private static let prefix = ".lineup-"
    private static let suffix = ".part"

    /// Begins a file of a name that no other has.
    /// - Throws: `RecognitionError.inputOutput` where nothing can be made in `folder`.
    init(in folder: FilePath) throws(RecognitionError) {
        while true {
            let name = "\(Self.prefix)\(getpid())-\(UInt64.random(in: 0...UInt64.max))\(Self.suffix)"
            let path = folder.appending(name)
            do {
                let descriptor = try FileDescriptor.open(
                    path, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
                    permissions: [.ownerReadWrite, .groupRead, .otherRead])
                // A file system without locks keeps what it has: nothing there is ever taken for abandoned.
                let isLocked = flock(descriptor.rawValue, LOCK_EX) == 0
                // Between its making and its locking another process may have taken it for abandoned and removed it.
                guard isLocked, try descriptor.stat().linkCount == 0 else {
                    self.path = path
                    self.descriptor = descriptor
                    return
                }
                try descriptor.close()
            } catch {
                throw AtomicFile.failure(path, error)
            }
        }
    }

    /// Closes it, once it has its name.
    func close() throws(RecognitionError) {
        do { try descriptor.close() } catch { throw AtomicFile.failure(path, error) }
    }

    /// Removes it.
    func discard() throws(RecognitionError) {
        try AtomicFile.remove(path)
        try close()
    }

    /// Removes the unfinished files in `folder` whose processes are gone.
    /// - Throws: `RecognitionError.inputOutput` where the folder cannot be listed or a file in it not be removed.
    /// - Complexity: O(files in the folder).
    static func removeAbandoned(in folder: FilePath) throws(RecognitionError) {
        for name in try FolderListing.names(in: folder) {
            guard name.string.hasPrefix(prefix), name.string.hasSuffix(suffix) else { continue }
            let path = folder.appending(name)
            // It may have got its name in the meantime, or belong to somebody else; what is not ours to read is not ours to remove.
            guard let descriptor = try? FileDescriptor.open(path, .readOnly, options: .closeOnExec) else { continue }
            if flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0 { try AtomicFile.remove(path) }
            do { try descriptor.close() } catch { throw AtomicFile.failure(path, error) }
        }
    }

    /// The same in `folder` and the folders in it whose names do not start with a dot.
    static func removeAbandoned(below folder: FilePath) throws(RecognitionError) {
        try removeAbandoned(in: folder)
        for name in try FolderListing.visibleNames(in: folder) where isFolder(folder.appending(name)) {
            try removeAbandoned(in: folder.appending(name))
        }
    }
}
