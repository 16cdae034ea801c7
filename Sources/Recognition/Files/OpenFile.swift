import Support
import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A plain file opened for reading, whose errors name it.
struct OpenFile: ~Copyable {
    private let path: FilePath
    private let file: PlainFile

    /// - Throws: `RecognitionError.missing` where there is none, `.inputOutput` for a folder, a pipe or a device, and where the system
    ///   refuses.
    init(_ path: FilePath) throws(RecognitionError) {
        self.path = path
        // Its bytes and their zero: a name need not be UTF-8.
        let name = path.withPlatformString { Array(UnsafeBufferPointer(start: $0, count: strlen($0) + 1)) }
        do {
            file = try PlainFile(name)
        } catch {
            throw Self.failure(path, error)
        }
    }

    /// In bytes, when it was opened.
    var size: Int { file.size }

    /// At most `count` bytes from `offset` on; all without a count.
    borrowing func bytes(_ count: Int = .max, from offset: Int = 0) throws(RecognitionError) -> [UInt8] {
        do {
            return try file.bytes(count, from: offset)
        } catch {
            throw Self.failure(path, error)
        }
    }

    /// Calls `body` with every line that is not empty and its number from 1 on, without its line feed. In memory are a mebibyte and the
    /// longest line.
    /// - Throws: `RecognitionError.inputOutput`, and what `body` throws.
    borrowing func forEachLine(
        _ body: (_ number: Int, _ line: ArraySlice<UInt8>) throws(RecognitionError) -> Void
    ) throws(RecognitionError) {
        var (offset, number) = (0, 0)
        var rest: [UInt8] = []
        while true {
            let piece = try bytes(1 << 20, from: offset)
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

    private static func failure(_ path: FilePath, _ fault: PlainFile.Fault) -> RecognitionError {
        fault == .missing ? .missing(path: path.string, what: "file") : .inputOutput(path: path.string, reason: fault.reason)
    }
}
