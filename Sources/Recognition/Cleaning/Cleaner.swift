import Foundation
import Imaging
import Support
import Synchronization
import SystemPackage

/// Turns a folder of labelled photos into a folder of face crops and a manifest with a line for every photo.
///
/// Nothing stops a run but the disk: a damaged or foreign file becomes a line with its reason. A photo whose line exists, made
/// from the same bytes with the same settings, is not searched again, and a crop that a person deleted stays deleted.
///
/// The classic recipe keeps the first face with two eyes. Others pick: when all photos have been searched, each photo's face that is most like
/// the person who recurs in its label's folder is kept (`FacePicker`).
public struct Cleaner: Sendable {
    /// How far a run has come.
    public struct Progress: Sendable {
        /// Photos that are finished.
        public var done: Int
        /// Photos in all.
        public var total: Int
        /// The photo just finished.
        public var record: PhotoRecord
        /// Whether its line was there already.
        public var reused: Bool
    }

    /// What became of a folder's photos.
    public struct Summary: Sendable {
        /// Photos in all.
        public var photos = 0
        /// Photos that gave a crop.
        public var kept = 0
        /// Photos whose line was there already.
        public var reused = 0
        /// Rejected photos by reason.
        public var reasons: [String: Int] = [:]
        /// Groups of near-duplicates among the kept photos.
        public var groups = 0
        /// Crops that went because their photo was moved, deleted or replaced.
        public var removed = 0
        /// Labels none of whose photos gave a crop: nobody by that name can be learned.
        public var labelsWithoutCrops: [String] = []
        /// Files beside the label folders, folders inside them, and links that lead back: passed over.
        public var strays: [RelativePath] = []
        /// Label folders that could not be listed: passed over.
        public var unlisted: [PhotoSet.Unlisted] = []
        /// How long it took.
        public var duration = Duration.zero
    }

    /// How faces are searched.
    public let recipe: Recipe
    /// Of each photo's pixels, and of its file.
    public let limits: ImageLimits
    /// Threads working at once.
    public let threads: Int

    /// A cleaner; the defaults are those of `lineup clean`.
    public init(recipe: Recipe = .best, limits: ImageLimits = .standard, threads: Int = availableCores) {
        self.recipe = recipe
        self.limits = limits
        self.threads = threads
    }

    /// Cleans `photos` into `faces` off the caller's thread; cancelling the task ends it, and what was finished stays.
    /// - Parameters:
    ///   - photos: the folder of photos, `photos/<label>/<name>`.
    ///   - faces: the folder for crops and manifest.
    ///   - progress: called after each photo, from any thread; an error it throws ends the run.
    /// - Throws: `RecognitionError` where a folder is missing or cannot be written, `.cancelled` included; `CascadeError` where the
    ///   recipe's cascades cannot be loaded. `.cleanedOtherwise` where `faces` has a manifest made by another way of finding faces.
    public func clean(
        _ photos: URL, into faces: URL, progress: @escaping @Sendable (Progress) throws -> Void = { _ in }
    ) async throws -> Summary {
        try await offCooperativePool { cancellation in
            try clean(photos, into: faces, cancellation: cancellation, progress: progress)
        }
    }

    /// The same on the calling thread and `threads - 1` others.
    package func clean(
        _ photos: URL, into faces: URL, cancellation: Cancellation = Cancellation(),
        progress: @Sendable (Progress) throws -> Void = { _ in }
    ) throws -> Summary {
        let clock = ContinuousClock()
        let start = clock.now
        try RealPath.refuse(FilePath(faces.path), inside: FilePath(photos.path))
        let set = try PhotoSet(root: photos)
        let source = RelativePath(way(from: faces, to: photos))
        let examination = PhotoExamination(finder: try FaceFinder(recipe: recipe), limits: limits)
        var manifest = try Manifest(folder: faces)
        let known = manifest.records
        guard !set.entries.isEmpty || !set.unlisted.isEmpty || known.isEmpty else {
            // An empty folder is likelier a disk that is not there than a person's wish to lose all crops.
            throw RecognitionError.missing(
                path: photos.path, what: "photo, though \(known.count) were cleaned from it; no crop was touched")
        }
        guard known.values.allSatisfy({ $0.finder == recipe.finderFingerprint }) else {
            throw RecognitionError.cleanedOtherwise(path: faces.path, recipe: recipe.name)
        }
        let journal = try LineJournal(at: FilePath(Manifest.journal(in: faces).path), records: manifest.ordered)
        try PartFile.removeAbandoned(below: FilePath(faces.path))
        let stale = StaleCrops(folder: FilePath(faces.path), limits: limits)
        let reviewed = ReviewedPhotos(try ReviewLog(faces: faces).decisions)
        let unlisted = unlistedRecords(of: set, known)
        let removed = Mutex(try removeCropsOfGonePhotos(known, of: set, stale: stale))
        let done = Mutex(0)
        let outcomes = try Parallel.map(set.entries.count, threads: threads) { index in
            try cancellation.check()
            let entry = set.entries[index]
            let (record, reused) = try finish(
                entry, in: set, source: source, known: known[entry.path], examination: examination, reviewed: reviewed, faces: faces)
            if let former = known[entry.path], former.sha256 != record.sha256 {
                // Before the journal forgets them.
                let count = try stale.remove(former, current: record)
                removed.withLock { $0 += count }
            }
            if !reused { try journal.append(record) }
            let count = done.withLock { count in
                count += 1
                return count
            }
            try progress(Progress(done: count, total: set.entries.count, record: record, reused: reused))
            return (record: record, reused: reused)
        }
        let records = try picked(
            outcomes.map(\.record), of: set, former: known, isUnchanged: outcomes.allSatisfy(\.reused), reviewed: reviewed, into: faces,
            cancellation: cancellation
        ).map(reviewed.applied)
        let all = grouped(records + unlisted)
        manifest.replace(with: all)
        try manifest.save()
        return Summary(
            photos: records.count,
            kept: records.count { $0.kept },
            reused: outcomes.count { $0.reused },
            reasons: Dictionary(records.compactMap(\.reason).map { ($0.rawValue, 1) }, uniquingKeysWith: +),
            groups: Set(all.compactMap(\.group)).count,
            removed: removed.withLock { $0 },
            labelsWithoutCrops: labelsWithoutCrops(in: set, records),
            strays: set.strays,
            unlisted: set.unlisted,
            duration: clock.now - start)
    }

    /// The photo's record, the old one where nothing has changed. A crop is on the disk before its record is.
    private func finish(
        _ entry: PhotoSet.Entry, in set: PhotoSet, source: RelativePath, known: PhotoRecord?, examination: PhotoExamination,
        reviewed: ReviewedPhotos, faces: URL
    ) throws -> (record: PhotoRecord, reused: Bool) {
        let source = RelativePath(bytes: source.bytes + [UInt8(ascii: "/")] + entry.path.bytes)
        let bytes: [UInt8]
        do {
            bytes = try FileBytes.readPhoto(set.path(of: entry), within: limits)
        } catch {
            var record = PhotoRecord.blank(entry: entry, source: source, finder: recipe.finderFingerprint)
            record.detail = "\(error)"
            record.reason = (error as? ImagingError).map(RejectReason.init) ?? .unreadable
            return (record, record == known)
        }
        let digest = FileBytes.sha256(bytes)
        if var known, known.sha256 == digest, known.finder == recipe.finderFingerprint {
            known.source = source
            return (known, true)
        }
        let result = try examination.examine(bytes, entry: entry, source: source, sha256: digest)
        for (crop, image) in zip(result.record.crops, result.crops) where !reviewed.tookAway(crop.file, photoSHA256: digest) {
            try AtomicFile.write(try ImageFile.encodePNG(image), to: crop.file.path(in: FilePath(faces.path)))
        }
        return (result.record, false)
    }

    /// The records with a face picked in each photo, for recipes that pick. Where no photo is new or gone the picks stand.
    private func picked(
        _ records: [PhotoRecord], of set: PhotoSet, former: [RelativePath: PhotoRecord], isUnchanged: Bool, reviewed: ReviewedPhotos,
        into faces: URL, cancellation: Cancellation
    ) throws -> [PhotoRecord] {
        guard recipe.picksFaces else { return records }
        if isUnchanged && former.count == records.count && !records.contains(where: { $0.reason == .notCompared }) { return records }
        let picking = FolderPicking(
            extractor: try FeatureExtractor(settings: recipe.features), limits: limits, reviewed: reviewed,
            threads: threads)
        return try picking.pick(records, of: set, former: former, into: faces, cancellation: cancellation)
    }

    /// The former records of label folders that cannot be listed now: nothing is known of their photos, so all stays as it was.
    private func unlistedRecords(of set: PhotoSet, _ known: [RelativePath: PhotoRecord]) -> [PhotoRecord] {
        let labels = Set(set.unlisted.map(\.path))
        return labels.isEmpty ? [] : known.values.filter { labels.contains($0.path.parts[0]) }.sorted { $0.path < $1.path }
    }

    /// Removes the crops of photos that were there and are not.
    private func removeCropsOfGonePhotos(
        _ known: [RelativePath: PhotoRecord], of set: PhotoSet, stale: StaleCrops
    ) throws(RecognitionError) -> Int {
        let present = Set(set.entries.map(\.path))
        var removed = 0
        for record in known.values where !present.contains(record.path) && stale.isGone(record) {
            removed += try stale.remove(record, current: nil)
        }
        return removed
    }

    private func labelsWithoutCrops(in set: PhotoSet, _ records: [PhotoRecord]) -> [String] {
        let kept = Set(records.filter(\.kept).map { $0.path.parts[0].text }.map { Array($0.utf8) })
        return set.labels.filter { !kept.contains(Array($0.utf8)) }
    }

    /// The records with the near-duplicate group of each kept photo.
    private func grouped(_ records: [PhotoRecord]) -> [PhotoRecord] {
        var records = records
        let kept = records.indices.filter { records[$0].kept }
        let hashes = kept.map { NearDuplicates.Hashes(photo: records[$0].hash, crop: records[$0].crops[0].hash) }
        for (index, group) in zip(kept, NearDuplicates.groups(of: hashes, threads: threads)) {
            records[index].group = group
        }
        return records
    }

    /// The way from `folder` to `file` as a path with "..", so that both can be moved together.
    private func way(from folder: URL, to file: URL) -> String {
        RealPath.way(from: FilePath(folder.standardizedFileURL.path), to: FilePath(file.standardizedFileURL.path)).string
    }
}
