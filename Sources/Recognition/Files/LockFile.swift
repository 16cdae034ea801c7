import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Keeps processes out of each other's way in a folder: at most one of them has its lock file locked. The lock ends with the owner, at the
/// latest with the process; the empty file stays.
package final class LockFile: Sendable {
    private let descriptor: FileDescriptor

    /// Locks at once or not at all.
    /// - Parameter reason: what the error says of `folder` where another process has the lock.
    /// - Throws: `RecognitionError.inputOutput`.
    init(_ name: String, in folder: FilePath, orThrow reason: String) throws(RecognitionError) {
        descriptor = try Self.open(folder.appending(name))
        guard flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0 else {
            guard errno == EWOULDBLOCK else { throw AtomicFile.failure(folder.appending(name), Errno(rawValue: errno)) }
            throw RecognitionError.inputOutput(path: folder.string, reason: reason)
        }
    }

    /// Locks as soon as no other process has the lock, nor another owner in this one.
    /// - Throws: `RecognitionError.inputOutput`.
    package init(_ name: String, waitingIn folder: FilePath) throws(RecognitionError) {
        descriptor = try Self.open(folder.appending(name))
        while flock(descriptor.rawValue, LOCK_EX) != 0 {
            guard errno == EINTR else { throw AtomicFile.failure(folder.appending(name), Errno(rawValue: errno)) }
        }
    }

    deinit {
        // Nothing was written through it.
        try? descriptor.close()
    }

    /// For writing, which network file systems want of whoever locks; for reading where the file is another user's: the service and an operator
    /// lock the same one.
    private static func open(_ path: FilePath) throws(RecognitionError) -> FileDescriptor {
        do {
            do {
                return try FileDescriptor.open(
                    path, .readWrite, options: [.create, .closeOnExec], permissions: [.ownerReadWrite, .groupRead, .otherRead])
            } catch Errno.permissionDenied {
                return try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
            }
        } catch {
            throw AtomicFile.failure(path, error)
        }
    }
}
