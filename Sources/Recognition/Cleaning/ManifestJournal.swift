import Foundation
import Synchronization

/// The finished lines of a run under way, appended one whole line at a time.
final class ManifestJournal: Sendable {
    private let path: String
    private let descriptor: Mutex<Int32>

    /// Begins a journal in `folder` with the lines of `records`, which replace whatever an unfinished run left.
    init(folder: URL, records: [PhotoRecord]) throws {
        path = Manifest.journal(in: folder).path
        try AtomicFile.write(try records.flatMap(Manifest.line), to: Manifest.journal(in: folder))
        let opened = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
        guard opened >= 0 else { throw AtomicFile.failure(path) }
        descriptor = Mutex(opened)
    }

    deinit {
        descriptor.withLock { _ = close($0) }
    }

    func append(_ record: PhotoRecord) throws {
        let line = try Manifest.line(record)
        try descriptor.withLock { try AtomicFile.writeAll(line, to: $0, path: path) }
    }
}
