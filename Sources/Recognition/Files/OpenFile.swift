import SystemPackage

/// A plain file opened for reading, closed when its owner is gone.
struct OpenFile: ~Copyable {
    private let path: FilePath
    private let descriptor: FileDescriptor
    /// In bytes, when it was opened.
    let size: Int

    /// - Throws: `RecognitionError.missing` where there is none, `.inputOutput` for a folder, a pipe or a device, and where the system
    ///   refuses.
    init(_ path: FilePath) throws(RecognitionError) {
        self.path = path
        (descriptor, size) = try Self.open(path)
    }

    private static func open(_ path: FilePath) throws(RecognitionError) -> (FileDescriptor, size: Int) {
        let descriptor: FileDescriptor
        do {
            // Without .nonBlocking, opening a pipe waits for whoever writes into it.
            descriptor = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .nonBlocking])
        } catch Errno.noSuchFileOrDirectory {
            throw .missing(path: path.string, what: "file")
        } catch {
            throw AtomicFile.failure(path, error)
        }
        let status: Stat
        do {
            status = try descriptor.stat()
        } catch {
            try? descriptor.close()
            throw AtomicFile.failure(path, error)
        }
        guard status.type == .regular else {
            try? descriptor.close()
            let reason = status.type == .directory ? "is a folder, not a file" : "is no plain file; save what comes from it and name that"
            throw .inputOutput(path: path.string, reason: reason)
        }
        return (descriptor, Int(status.size))
    }

    deinit {
        // Nothing was written, so nothing can be lost.
        try? descriptor.close()
    }

    /// The first bytes, at most `count`.
    borrowing func start(_ count: Int) throws(RecognitionError) -> [UInt8] { try read(min(count, size)) }

    /// Every byte.
    borrowing func bytes() throws(RecognitionError) -> [UInt8] { try read(size) }

    /// Calls `body` with every line that is not empty and its number from 1 on, without its line feed. In memory are a mebibyte and the
    /// longest line.
    /// - Throws: `RecognitionError.inputOutput`, and what `body` throws.
    borrowing func forEachLine(
        _ body: (_ number: Int, _ line: ArraySlice<UInt8>) throws(RecognitionError) -> Void
    ) throws(RecognitionError) {
        var (offset, number) = (0, 0)
        var rest: [UInt8] = []
        while true {
            let piece = try read(1 << 20, from: offset)
            offset += piece.count
            rest += piece
            var start = rest.startIndex
            // What stood there before this piece has no line feed.
            var search = rest.endIndex - piece.count
            while let end = rest[search...].firstIndex(of: UInt8(ascii: "\n")) {
                number += 1
                if end > start { try body(number, rest[start..<end]) }
                start = end + 1
                search = start
            }
            rest.removeSubrange(..<start)
            guard piece.isEmpty else { continue }
            if !rest.isEmpty { try body(number + 1, rest[...]) }
            return
        }
    }

    private borrowing func read(_ count: Int, from offset: Int = 0) throws(RecognitionError) -> [UInt8] {
        do {
            return try [UInt8](unsafeUninitializedCapacity: max(0, count)) { buffer, filled in
                while filled < count {
                    let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
                    let read = try descriptor.read(fromAbsoluteOffset: Int64(offset + filled), into: rest)
                    if read == 0 { break }  // it has become shorter
                    filled += read
                }
            }
        } catch {
            throw AtomicFile.failure(path, error)
        }
    }
}
