import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Files of lines to which lines are only added. A line that its process did not live to end is no line: readers pass over it and the next
/// line takes its place.
enum LineLog {
    /// The whole lines, without their line feeds; none where there is no file.
    /// - Throws: `RecognitionError.inputOutput` where the file cannot be read.
    static func lines(of path: FilePath) throws(RecognitionError) -> [ArraySlice<UInt8>] {
        let bytes: [UInt8]
        do {
            bytes = try FileBytes.read(path)
        } catch .missing {
            return []
        }
        return bytes[..<wholeLength(bytes)].split(separator: UInt8(ascii: "\n"))
    }

    /// Adds a line and waits until the disk has it.
    /// - Parameter line: with its line feed.
    /// - Throws: `RecognitionError.inputOutput`.
    static func append(_ line: [UInt8], to path: FilePath) throws(RecognitionError) {
        do {
            let file = try FileDescriptor.open(
                path, .readWrite, options: [.create, .append, .closeOnExec], permissions: [.ownerReadWrite, .groupRead, .otherRead])
            try file.closeAfter {
                let size = try file.seek(offset: 0, from: .end)
                var last = [UInt8(ascii: "\n")]
                if size > 0 { _ = try last.withUnsafeMutableBytes { try file.read(fromAbsoluteOffset: size - 1, into: $0) } }
                if last != [UInt8(ascii: "\n")] {
                    guard ftruncate(file.rawValue, off_t(wholeLength(try FileBytes.read(path)))) == 0 else { throw Errno(rawValue: errno) }
                }
                try file.writeAll(line)
                guard fsync(file.rawValue) == 0 else { throw Errno(rawValue: errno) }
            }
        } catch {
            throw AtomicFile.failure(path, error)
        }
    }

    /// The length of the whole lines, the last line feed included.
    private static func wholeLength(_ bytes: [UInt8]) -> Int { bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0 }
}
