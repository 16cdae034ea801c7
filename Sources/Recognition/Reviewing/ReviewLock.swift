import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Keeps two processes from reviewing one folder.
final class ReviewLock: Sendable {
    private let descriptor: FileDescriptor

    init(folder: FilePath) throws {
        let path = folder.appending(".review.lock")
        do {
            descriptor = try FileDescriptor.open(
                path, .readWrite, options: [.create, .closeOnExec], permissions: [.ownerReadWrite, .groupRead, .otherRead])
        } catch {
            throw AtomicFile.failure(path, error)
        }
        guard flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0 else {
            throw RecognitionError.inputOutput(path: folder.string, reason: "is being reviewed by another process; end that one first")
        }
    }

    deinit {
        // Nothing was written through it.
        try? descriptor.close()
    }
}
