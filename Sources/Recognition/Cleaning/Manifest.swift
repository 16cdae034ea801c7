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

    /// A manifest without lines, to read some into.
    init(empty folder: URL) {
        self.folder = folder
        records = [:]
    }

    /// Reads the manifest and the journal of an unfinished run, if there are any.
    /// - Throws: `RecognitionError.damagedManifest` with the line that is not what this version writes or contradicts itself. Such a
    ///   line of a journal is not an error: its photo is simply done again.
    public init(folder: URL) throws(RecognitionError) {
        self.init(empty: folder)
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
        try JSONLines.write(ordered, to: FilePath(Manifest.url(in: folder).path))
        try AtomicFile.remove(Manifest.journal(in: folder))
    }

    /// Takes over the lines of a file, if it is there; of two lines of a photo the later one counts.
    /// - Throws: `RecognitionError.damagedManifest` as `init(folder:)`.
    mutating func read(_ url: URL, isJournal: Bool) throws(RecognitionError) {
        let decoder = JSONDecoder()
        var read: [PhotoRecord] = []
        try JSONLines.forEach(in: FilePath(url.path)) { line, number throws(RecognitionError) in
            do throws(BadLine) {
                read.append(try Self.record(of: line, decoder))
            } catch {
                if !isJournal { throw .damagedManifest(path: url.path, line: number, reason: error.reason) }
            }
        }
        for record in read { records[record.path] = record }
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
