import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What lies in a folder, by the bytes of its names.
enum FolderListing {
    /// The names in `folder` in byte order, "." and ".." left out.
    /// - Throws: `RecognitionError.missing` where it is no folder, `.inputOutput` where it cannot be listed.
    /// - Complexity: O(n log n).
    static func names(in folder: FilePath) throws(RecognitionError) -> [FilePath.Component] {
        do {
            guard try folder.stat().type == .directory else { throw Errno.notDirectory }
        } catch Errno.noSuchFileOrDirectory, Errno.notDirectory {
            throw .missing(path: folder.string, what: "folder")
        } catch {
            throw AtomicFile.failure(folder, error)
        }
        guard let stream = folder.withPlatformString({ opendir($0) }) else {
            throw AtomicFile.failure(folder, Errno(rawValue: errno))
        }
        defer { closedir(stream) }
        var names: [(bytes: [UInt8], name: FilePath.Component)] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                guard errno == 0 else { throw AtomicFile.failure(folder, Errno(rawValue: errno)) }
                break
            }
            // The name is an array of a fixed length that ends at its first zero.
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                FilePath.Component(platformString: bytes.assumingMemoryBound(to: CChar.self).baseAddress!)
            }
            guard let name, name.kind == .regular else { continue }
            names.append((name.bytes, name))
        }
        return names.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }.map(\.name)
    }

    /// Whether `path` is a link to `folder` or to a folder around it.
    static func leadsBack(_ path: FilePath, to folder: FilePath) -> Bool {
        guard (try? path.stat(followTargetSymlink: false).type) == .symbolicLink, let target = RealPath.of(path),
            let here = RealPath.of(folder)
        else { return false }
        return here.starts(with: target)
    }

    /// Those that do not start with a dot.
    static func visibleNames(in folder: FilePath) throws(RecognitionError) -> [FilePath.Component] {
        try names(in: folder).filter { $0.bytes.first != UInt8(ascii: ".") }
    }
}

extension FilePath.Component {
    /// The name as the file system holds it.
    var bytes: [UInt8] { withPlatformString { Array(UnsafeBufferPointer(start: $0, count: strlen($0))).map(UInt8.init(bitPattern:)) } }
}

/// Whether `path` is a folder, or a link to one.
package func isFolder(_ path: FilePath) -> Bool { (try? path.stat().type) == .directory }
