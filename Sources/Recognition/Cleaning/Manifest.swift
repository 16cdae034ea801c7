import Foundation
import Support
import SystemPackage

/// `manifest.jsonl`: one `PhotoRecord` a line, in byte order of the photos' paths.
///
/// While a run is under way its finished lines are appended to a journal beside the manifest; the end of the run writes the
/// manifest whole and removes the journal. A run that was killed leaves the journal, and the next one goes on from both.
public struct Manifest: Sendable {
    /// The folder it lies in.
    public let folder: URL
    /// The records by their photos' paths.
    public private(set) var records: [RelativePath: PhotoRecord]

    /// Where the manifest of a folder of crops lies.
    public static func url(in folder: URL) -> URL { folder.appendingPathComponent("manifest.jsonl") }
    static func journal(in folder: URL) -> URL { folder.appendingPathComponent(".manifest.journal") }

    /// Reads the manifest and the journal of an unfinished run, if there are any.
    /// - Throws: `RecognitionError.damagedManifest` with the line that is not what this version writes or contradicts itself. Such a
    ///   line of a journal is not an error: its photo is simply done again.
    public init(folder: URL) throws(RecognitionError) {
        self.folder = folder
        records = [:]
        try read(Manifest.url(in: folder), isJournal: false)
        try read(Manifest.journal(in: folder), isJournal: true)
    }

    /// In byte order of the photos' paths.
    public var ordered: [PhotoRecord] {
        records.values.sorted { $0.path < $1.path }
    }

    mutating func replace(with new: [PhotoRecord]) {
        records = Dictionary(new.map { ($0.path, $0) }) { $1 }
    }

    /// Writes the manifest atomically and removes the journal.
    func save() throws {
        try Manifest.write(ordered, to: FilePath(Manifest.url(in: folder).path))
        try AtomicFile.remove(Manifest.journal(in: folder))
    }

    /// Writes records atomically, a line each, some at a time.
    static func write(_ records: [PhotoRecord], to path: FilePath) throws(RecognitionError) {
        try AtomicFile.write(to: path) { append in
            for start in stride(from: 0, to: records.count, by: 256) {
                try append(try records[start..<min(start + 256, records.count)].flatMap(line))
            }
        }
    }

    static func line(_ record: PhotoRecord) throws -> [UInt8] {
        [UInt8](try JSON.line(record))
    }

    private mutating func read(_ url: URL, isJournal: Bool) throws(RecognitionError) {
        let decoder = JSONDecoder()
        do {
            try OpenFile(FilePath(url.path)).forEachLine { number, line throws(RecognitionError) in
                do throws(BadLine) {
                    let record = try Self.record(of: line, decoder)
                    records[record.path] = record
                } catch {
                    if !isJournal { throw .damagedManifest(path: url.path, line: number, reason: error.reason) }
                }
            }
        } catch .missing {
            return
        }
    }

    private struct BadLine: Error {
        var reason: String
    }

    private static func record(of line: ArraySlice<UInt8>, _ decoder: JSONDecoder) throws(BadLine) -> PhotoRecord {
        let record: PhotoRecord
        do {
            record = try decoder.decode(PhotoRecord.self, from: Data(line))
        } catch {
            throw BadLine(reason: "not a photo's record: \(error)")
        }
        if let contradiction = record.contradiction() { throw BadLine(reason: contradiction) }
        return record
    }
}
