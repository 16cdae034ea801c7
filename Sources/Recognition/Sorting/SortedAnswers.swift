import Foundation
import Support
import SystemPackage

/// `answers.jsonl` of a sorted folder: one `SortedPhoto` a line, in byte order of the paths.
///
/// While a run is under way its finished lines are appended to a journal beside it, as with a manifest.
package struct SortedAnswers {
    static func file(in folder: FilePath) -> FilePath { folder.appending("answers.jsonl") }
    static func table(in folder: FilePath) -> FilePath { folder.appending("answers.csv") }
    static func journal(in folder: FilePath) -> FilePath { folder.appending(".answers.journal") }

    /// By path inside the archive.
    package private(set) var photos: [RelativePath: SortedPhoto] = [:]
    /// All folders that a line, also a superseded one, has entries in.
    private(set) var folders: Set<RelativePath> = []

    /// Reads the answers and the journal of an unfinished run, if there are any.
    /// - Throws: `RecognitionError.damagedManifest` with the line of `answers.jsonl` that is not what this version writes. Such a line of a
    ///   journal is dropped: its photo is done again.
    package init(folder: FilePath) throws(RecognitionError) {
        try read(Self.file(in: folder), isJournal: false)
        try read(Self.journal(in: folder), isJournal: true)
    }

    private mutating func read(_ path: FilePath, isJournal: Bool) throws(RecognitionError) {
        var read: [SortedPhoto] = []
        try JSONLines.forEach(in: path) { line, number throws(RecognitionError) in
            do {
                let photo = try JSONDecoder().decode(SortedPhoto.self, from: Data(line))
                let contradiction = photo.contradiction() ?? (photo.unfinished == true && !isJournal ? "it is unfinished" : nil)
                if let contradiction {
                    throw DecodingError.dataCorrupted(DecodingError.Context(codingPath: [], debugDescription: contradiction))
                }
                read.append(photo)
            } catch {
                if !isJournal { throw .damagedManifest(path: path.string, line: number, reason: "not a photo's answer: \(error)") }
            }
        }
        for photo in read {
            photos[photo.path] = photo
            folders.formUnion(photo.entries.map { $0.parts[0] })
        }
    }

    /// In byte order of the paths.
    var ordered: [SortedPhoto] { photos.values.sorted { $0.path < $1.path } }

    /// Writes the lines of `photos` and their table, each atomically, and removes the journal.
    static func save(_ photos: [SortedPhoto], in folder: FilePath) throws {
        let photos = photos.sorted { $0.path < $1.path }
        var table = AnswerTable()
        for photo in photos { table.add(photo) }
        try AtomicFile.write(try photos.flatMap { try JSON.line($0) }, to: file(in: folder))
        try AtomicFile.write(table.bytes, to: Self.table(in: folder))
        try AtomicFile.remove(journal(in: folder))
    }
}
