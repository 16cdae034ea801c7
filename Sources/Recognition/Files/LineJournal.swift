import Foundation
import Support
import Synchronization
import SystemPackage

/// The finished lines of a run under way, JSON each, appended one whole line at a time: what a run that was killed leaves for the next.
final class LineJournal<Record: Encodable>: Sendable {
    private let path: FilePath
    private let descriptor: Mutex<FileDescriptor>

    /// Begins a journal at `path` with the lines of `records`, which replace whatever an unfinished run left.
    /// - Throws: `RecognitionError.inputOutput` with the system's reason.
    init(at path: FilePath, records: [Record]) throws {
        self.path = path
        try JSONLines.write(records, to: path)
        do {
            descriptor = Mutex(try FileDescriptor.open(path, .writeOnly, options: [.append, .closeOnExec]))
        } catch {
            throw AtomicFile.failure(path, error)
        }
    }

    deinit {
        // Every line was written; a journal that a full disk cut short only costs work done again.
        descriptor.withLock { try? $0.close() }
    }

    /// Appends one line.
    /// - Throws: `RecognitionError.inputOutput` with the system's reason.
    func append(_ record: Record) throws {
        let line = try JSON.line(record)
        do {
            _ = try descriptor.withLock { try $0.writeAll(line) }
        } catch {
            throw AtomicFile.failure(path, error)
        }
    }
}
