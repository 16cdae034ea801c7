#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A plain file opened for reading, closed when its owner is gone. It is not mapped: a mapped file that somebody cuts short meanwhile
/// would end the process.
package struct PlainFile: ~Copyable {
    /// Why there are no bytes.
    package enum Fault: Error, Equatable {
        /// Nothing lies there.
        case missing
        /// A folder lies there.
        case folder
        /// A pipe, a socket or a device lies there, whose bytes may never end.
        case notPlain
        /// What the system says, as a number of `errno`.
        case system(Int32)

        /// Why, and what to do, for people.
        package var reason: String {
            switch self {
            case .missing: "no such file"
            case .folder: "is a folder, not a file"
            case .notPlain: "is no plain file; save what comes from it and name that"
            case .system(let code): String(cString: strerror(code))
            }
        }
    }

    private let descriptor: Int32
    /// In bytes, when it was opened.
    package let size: Int

    /// Opens the file of this name, whose last byte is followed by a zero. Links are followed.
    package init(_ path: UnsafePointer<CChar>) throws(Fault) {
        (descriptor, size) = try Self.open(path)
    }

    /// Opens the file of this name.
    package init(_ path: String) throws(Fault) {
        (descriptor, size) = try path.withCString { path in Result { () throws(Fault) in try Self.open(path) } }.get()
    }

    private static func open(_ path: UnsafePointer<CChar>) throws(Fault) -> (descriptor: Int32, size: Int) {
        // Without O_NONBLOCK, opening a pipe waits for whoever writes into it.
        #if canImport(Glibc)
            let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        #else
            let descriptor = Darwin.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        #endif
        guard descriptor >= 0 else {
            // ENXIO: a socket, or a device that is not there.
            throw errno == ENOENT || errno == ENOTDIR ? .missing : errno == ENXIO ? .notPlain : .system(errno)
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            let code = errno
            close(descriptor)
            throw .system(code)
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw status.st_mode & S_IFMT == S_IFDIR ? .folder : .notPlain
        }
        return (descriptor, Int(status.st_size))
    }

    deinit { close(descriptor) }

    /// At most `count` bytes from `offset` on; all that are there without a count. Fewer where the file has become shorter.
    package borrowing func bytes(_ count: Int = .max, from offset: Int = 0) throws(Fault) -> [UInt8] {
        let count = max(0, min(count, size - offset))
        var failure: Int32?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { target, filled in
            while filled < count {
                // `filled` of `count` bytes are written, so the rest fits.
                let got = pread(descriptor, target.baseAddress! + filled, count - filled, off_t(offset + filled))
                if got > 0 {
                    filled += got
                } else if got == 0 {
                    return
                } else if errno != EINTR {
                    failure = errno
                    return
                }
            }
        }
        if let failure { throw .system(failure) }
        return bytes
    }
}
