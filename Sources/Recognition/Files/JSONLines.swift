import Support
import SystemPackage

/// Files of JSON objects, one a line.
enum JSONLines {
    /// Writes records atomically, a line each, some at a time.
    /// - Throws: `RecognitionError.inputOutput` with the system's reason.
    static func write(_ records: [some Encodable], to path: FilePath) throws(RecognitionError) {
        try AtomicFile.write(to: path) { append in
            for start in stride(from: 0, to: records.count, by: 256) {
                try append(try records[start..<min(start + 256, records.count)].flatMap { try JSON.line($0) })
            }
        }
    }

    /// Calls `body` with each line that is not empty and its number, counted from 1; a file that is not there has none.
    /// - Throws: `RecognitionError.inputOutput` where it cannot be read, and what `body` throws.
    static func forEach(
        in path: FilePath, _ body: (_ line: ArraySlice<UInt8>, _ number: Int) throws(RecognitionError) -> Void
    ) throws(RecognitionError) {
        do {
            try OpenFile(path).forEachLine { number, line throws(RecognitionError) in try body(line, number) }
        } catch .missing {
            return
        }
    }
}
