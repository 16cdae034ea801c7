import Foundation
import Synchronization
import SystemPackage

/// The finished lines of a run under way, appended one whole line at a time.
final class ManifestJournal: Sendable {
    private let path: FilePath
    private let descriptor: Mutex<FileDescriptor>

    /// Begins a journal in `folder` with the lines of `records`, which replace whatever an unfinished run left.
    init(folder: URL, records: [PhotoRecord]) throws {
        path = FilePath(Manifest.journal(in: folder).path)
        try Manifest.write(records, to: path)
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

    func append(_ record: PhotoRecord) throws {
        let line = try Manifest.line(record)
        do {
            _ = try descriptor.withLock { try $0.writeAll(line) }
        } catch {
            throw AtomicFile.failure(path, error)
        }
    }
}
