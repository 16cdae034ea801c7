import Foundation
import Imaging
import Synchronization

/// Turns a folder of labelled photos into a folder of face crops and a manifest with a line for every photo.
///
/// Nothing stops a run but the disk: a damaged or foreign file becomes a line with its reason. A photo whose line exists, made
/// from the same bytes with the same settings, is not done again; so a crop that a person deleted stays deleted.
public struct Cleaner: Sendable {
    public struct Progress: Sendable {
        public var done: Int
        public var total: Int
        /// The photo just finished.
        public var record: PhotoRecord
        /// Whether its line was there already.
        public var reused: Bool
    }

    public struct Summary: Sendable, Codable {
        public var photos = 0
        public var kept = 0
        /// Photos whose line was there already.
        public var reused = 0
        /// Rejected photos by reason.
        public var reasons: [String: Int] = [:]
        /// Groups of near-duplicates among the kept photos.
        public var groups = 0
        /// Files beside the label folders and folders inside them: looked at by nobody.
        public var strays: [String] = []
        public var seconds = 0.0
    }

    public let recipe: Recipe
    public let limits: ImageLimits
    public let threads: Int

    public init(recipe: Recipe, limits: ImageLimits = .standard, threads: Int) {
        self.recipe = recipe
        self.limits = limits
        self.threads = threads
    }

    /// Cleans `photos` into `faces`.
    /// - Throws: `RecognitionError` where a folder is missing or cannot be written, or on cancellation (finished lines stay);
    ///   `CascadeError` where the recipe's cascades cannot be loaded.
    public func clean(
        _ photos: URL, into faces: URL, cancellation: Cancellation = Cancellation(),
        progress: @Sendable (Progress) throws -> Void = { _ in }
    ) throws -> Summary {
        let clock = ContinuousClock()
        let start = clock.now
        try refuseOutputInsideInput(output: faces, input: photos)
        let set = try PhotoSet(root: photos)
        let examination = PhotoExamination(finder: try FaceFinder(recipe: recipe), limits: limits)
        var manifest = try Manifest(folder: faces)
        let known = manifest.records
        let journal = try ManifestJournal(folder: faces, records: manifest.ordered)
        let done = Mutex(0)
        let outcomes = try parallelMap(count: set.entries.count, threads: threads) { index in
            try cancellation.check()
            let entry = set.entries[index]
            let (record, reused) = try finish(entry, in: set, known: known[entry.path], examination: examination, faces: faces)
            if !reused { try journal.append(record) }
            let count = done.withLock { count in
                count += 1
                return count
            }
            try progress(Progress(done: count, total: set.entries.count, record: record, reused: reused))
            return (record: record, reused: reused)
        }
        let records = grouped(outcomes.map(\.record))
        manifest.replace(with: records)
        try manifest.save()
        return Summary(
            photos: records.count,
            kept: records.count { $0.kept },
            reused: outcomes.count { $0.reused },
            reasons: Dictionary(records.compactMap(\.reason).map { ($0.rawValue, 1) }, uniquingKeysWith: +),
            groups: Set(records.compactMap(\.group)).count,
            strays: set.strays,
            seconds: (clock.now - start) / .seconds(1))
    }

    /// The photo's record, the old one where nothing has changed. A crop is on the disk before its record is.
    private func finish(
        _ entry: PhotoSet.Entry, in set: PhotoSet, known: PhotoRecord?, examination: PhotoExamination, faces: URL
    ) throws -> (record: PhotoRecord, reused: Bool) {
        let url = set.url(of: entry)
        let source = relativePath(from: faces, to: url)
        let bytes: [UInt8]
        do {
            bytes = try FileBytes.read(url)
        } catch let error as RecognitionError {
            var record = PhotoRecord.blank(entry: entry, source: source, finder: recipe.finderFingerprint)
            record.reason = .unreadable
            record.detail = "\(error)"
            return (record, false)
        }
        let digest = FileBytes.sha256(bytes)
        if var known, known.sha256 == digest, known.finder == recipe.finderFingerprint {
            known.source = source
            return (known, true)
        }
        let result = examination.examine(bytes, entry: entry, source: source, sha256: digest)
        for (crop, image) in zip(result.record.crops, result.crops) {
            try AtomicFile.write(try ImageFile.encodePNG(image), to: faces.appendingPathComponent(crop.file))
        }
        return (result.record, false)
    }

    /// The records with the near-duplicate group of each kept photo.
    private func grouped(_ records: [PhotoRecord]) -> [PhotoRecord] {
        var records = records
        let kept = records.indices.filter { records[$0].kept }
        let hashes = kept.map { NearDuplicates.Hashes(photo: records[$0].hash, crop: records[$0].crops[0].hash) }
        for (index, group) in zip(kept, NearDuplicates.groups(of: hashes)) {
            records[index].group = group
        }
        return records
    }

    private func refuseOutputInsideInput(output: URL, input: URL) throws {
        let inside = output.standardizedFileURL.resolvingSymlinksInPath().pathComponents
        let outside = input.standardizedFileURL.resolvingSymlinksInPath().pathComponents
        if inside.starts(with: outside) {
            throw RecognitionError.outputInsideInput(output: output.path, input: input.path)
        }
    }
}

/// The way from `folder` to `file` as a path with "..", so that both can be moved together.
func relativePath(from folder: URL, to file: URL) -> String {
    let from = folder.standardizedFileURL.pathComponents
    let to = file.standardizedFileURL.pathComponents
    let common = zip(from, to).prefix { $0 == $1 }.count
    return (Array(repeating: "..", count: from.count - common) + to[common...]).joined(separator: "/")
}
