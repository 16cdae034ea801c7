import Foundation

/// `manifest.jsonl`: one `PhotoRecord` a line, in byte order of the photos' paths.
///
/// While a run is under way its finished lines are appended to a journal beside the manifest; the end of the run writes the
/// manifest whole and removes the journal. A run that was killed leaves the journal, and the next one goes on from both.
public struct Manifest: Sendable {
    public let folder: URL
    public private(set) var records: [String: PhotoRecord]

    public static func url(in folder: URL) -> URL { folder.appendingPathComponent("manifest.jsonl") }
    static func journal(in folder: URL) -> URL { folder.appendingPathComponent(".manifest.journal") }

    /// Reads the manifest and the journal of an unfinished run, if there are any.
    /// - Throws: `RecognitionError.damagedManifest` with the line. A journal's torn last line is not an error: its photo is
    ///   simply done again.
    public init(folder: URL) throws {
        self.folder = folder
        records = [:]
        try read(Manifest.url(in: folder), tornLastLineIsFine: false)
        try read(Manifest.journal(in: folder), tornLastLineIsFine: true)
    }

    /// In byte order of the photos' paths.
    public var ordered: [PhotoRecord] {
        records.values.sorted { precedesInByteOrder($0.path, $1.path) }
    }

    mutating func replace(with new: [PhotoRecord]) {
        records = Dictionary(uniqueKeysWithValues: new.map { ($0.path, $0) })
    }

    /// Writes the manifest atomically and removes the journal.
    func save() throws {
        var bytes: [UInt8] = []
        for record in ordered {
            bytes += try Manifest.line(record)
        }
        try AtomicFile.write(bytes, to: Manifest.url(in: folder))
        try AtomicFile.remove(Manifest.journal(in: folder))
    }

    static func line(_ record: PhotoRecord) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(record)) + [UInt8(ascii: "\n")]
    }

    private mutating func read(_ url: URL, tornLastLineIsFine: Bool) throws {
        guard FileManager.default.fileExists(atPath: url.path) else { return }
        let bytes = try FileBytes.read(url)
        let lines = bytes.split(separator: UInt8(ascii: "\n"))
        let endsWhole = bytes.last == UInt8(ascii: "\n")
        for (index, line) in lines.enumerated() {
            do {
                let record = try JSONDecoder().decode(PhotoRecord.self, from: Data(line))
                records[record.path] = record
            } catch {
                if tornLastLineIsFine && index == lines.count - 1 && !endsWhole { return }
                throw RecognitionError.damagedManifest(path: url.path, line: index + 1, reason: "not a photo's record: \(error)")
            }
        }
    }
}
