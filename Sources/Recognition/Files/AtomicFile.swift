import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Files that appear whole or not at all.
public enum AtomicFile {
    /// Writes beside `url`, flushes to the disk, renames: whoever looks sees the old content or the new, never a part.
    ///
    /// Folders on the way are made where they are missing.
    /// - Throws: `RecognitionError.inputOutput` with the system's reason; the unfinished file is removed.
    public static func write(_ bytes: [UInt8], to url: URL) throws {
        let folder = url.deletingLastPathComponent()
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw RecognitionError.inputOutput(path: folder.path, reason: error.localizedDescription)
        }
        let beside = folder.appendingPathComponent(".lineup-\(getpid())-\(UInt64.random(in: 0...UInt64.max)).part")
        let descriptor = open(beside.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure(beside.path) }
        do {
            try writeAll(bytes, to: descriptor, path: beside.path)
            guard fsync(descriptor) == 0 else { throw failure(beside.path) }
        } catch {
            close(descriptor)
            unlink(beside.path)
            throw error
        }
        guard close(descriptor) == 0, rename(beside.path, url.path) == 0 else {
            let error = failure(url.path)
            unlink(beside.path)
            throw error
        }
    }

    /// Removes a file that may be there no more.
    static func remove(_ url: URL) throws {
        guard unlink(url.path) == 0 || errno == ENOENT else { throw failure(url.path) }
    }

    static func writeAll(_ bytes: [UInt8], to descriptor: Int32, path: String) throws {
        try bytes.withUnsafeBytes { buffer in
            var offset = 0
            while offset < buffer.count {
                let written = Foundation.write(descriptor, buffer.baseAddress! + offset, buffer.count - offset)
                if written < 0 && errno == EINTR { continue }
                guard written > 0 else { throw failure(path) }
                offset += written
            }
        }
    }

    static func failure(_ path: String) -> RecognitionError {
        .inputOutput(path: path, reason: String(cString: strerror(errno)))
    }
}
