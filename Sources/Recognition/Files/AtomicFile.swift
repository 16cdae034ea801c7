import Foundation
import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Files that appear whole or not at all.
package enum AtomicFile {
    /// Writes beside `path`, flushes to the disk, renames: whoever looks sees the old content or the new, never a part.
    ///
    /// Folders on the way are made where they are missing.
    /// - Parameter isFlushed: whether the disk has the content before the file has its name; false is for what can be made again, and is
    ///   then as whole as before, unless the machine itself fails.
    /// - Throws: `RecognitionError.inputOutput` with the system's reason; the unfinished file is removed.
    package static func write(_ bytes: [UInt8], to path: FilePath, isFlushed: Bool = true) throws(RecognitionError) {
        try write(to: path, isFlushed: isFlushed) { append in try append(bytes) }
    }

    /// The same for content that is made piece by piece, so that it is never in memory as a whole.
    /// - Parameter content: is given a function that writes a piece after those before; what it throws ends the writing.
    package static func write(
        to path: FilePath, isFlushed: Bool = true, _ content: (_ append: ([UInt8]) throws -> Void) throws -> Void
    ) throws(RecognitionError) {
        let part = try PartFile(in: try madeFolder(of: path))
        do {
            try content { _ = try part.descriptor.writeAll($0) }
            guard !isFlushed || fsync(part.descriptor.rawValue) == 0 else { throw Errno(rawValue: errno) }
            let status = part.path.withPlatformString { from in path.withPlatformString { rename(from, $0) } }
            guard status == 0 else { throw Errno(rawValue: errno) }
        } catch {
            try part.discard()
            throw (error as? RecognitionError) ?? failure(path, error)
        }
        try part.close()
    }

    /// The same for a URL.
    package static func write(_ bytes: [UInt8], to url: URL) throws(RecognitionError) { try write(bytes, to: FilePath(url.path)) }

    /// Sees to it that a later `write` finds nothing in its way: makes the folder, writes and removes a file in it, and clears away
    /// what dead processes left there.
    /// - Throws: `RecognitionError.inputOutput` where `url` is a folder or nothing can be written beside it.
    package static func requireWritable(_ url: URL) throws(RecognitionError) {
        let path = FilePath(url.path)
        if isFolder(path) { throw .inputOutput(path: path.string, reason: "is a folder; name a file to write") }
        let folder = try madeFolder(of: path)
        try PartFile(in: folder).discard()
        try PartFile.removeAbandoned(in: folder)
    }

    /// Gives a file another name, its folders made where they are missing.
    /// - Returns: false where the file system cannot, as between two disks.
    /// - Throws: `RecognitionError.inputOutput` where something has the name, or for any other reason of the system's.
    static func link(_ file: FilePath, to path: FilePath) throws(RecognitionError) -> Bool {
        _ = try madeFolder(of: path)
        let status = file.withPlatformString { from in path.withPlatformString { systemLink(from, $0) } }
        if status == 0 { return true }
        let reason = Errno(rawValue: errno)
        guard [.improperLink, .notPermitted, .notSupported, .tooManyLinks].contains(reason) else { throw failure(path, reason) }
        return false
    }

    /// Removes a file that may be there no more.
    package static func remove(_ path: FilePath) throws(RecognitionError) {
        guard path.withPlatformString({ unlink($0) }) == 0 || errno == ENOENT else { throw failure(path, Errno(rawValue: errno)) }
    }

    /// The same for a URL.
    package static func remove(_ url: URL) throws(RecognitionError) { try remove(FilePath(url.path)) }

    /// The folder that holds `path`, made where it is missing.
    private static func madeFolder(of path: FilePath) throws(RecognitionError) -> FilePath {
        let folder = path.removingLastComponent()
        guard !folder.isEmpty else { return "." }
        try makeFolder(folder)
        return folder
    }

    /// Makes a folder, and those on the way to it, where they are missing.
    static func makeFolder(_ folder: FilePath) throws(RecognitionError) {
        if isFolder(folder) { return }
        let above = folder.removingLastComponent()
        if !above.isEmpty, above != folder { try makeFolder(above) }
        let status = folder.withPlatformString { mkdir($0, 0o755) }
        // Another thread or process may have been quicker.
        guard status == 0 || errno == EEXIST && isFolder(folder) else { throw failure(folder, Errno(rawValue: errno)) }
    }

    /// What the system says went wrong at `path`.
    static func failure(_ path: FilePath, _ error: any Error) -> RecognitionError {
        .inputOutput(path: path.string, reason: "\(error)")
    }
}

private func systemLink(_ from: UnsafePointer<CChar>, _ to: UnsafePointer<CChar>) -> Int32 { link(from, to) }
