import Foundation
import Imaging
import Learn
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

    /// What of the work one run does.
    public enum Part: Sendable, Hashable {
        /// All of it.
        case whole
        /// One share of the photos, as a task of a job array: its lines lie beside the manifest until they are merged. A task may be
        /// killed, repeated, or run twice at a time.
        case shard(Shard)
        /// No search for faces: puts together what the shares gave, to what one run over all photos would have given.
        case merge
    }

    /// Cleans `photos` into `faces` off the caller's thread; cancelling the task ends it, and what was finished stays.
    /// - Parameters:
    ///   - photos: the folder of photos, `photos/<label>/<name>`.
    ///   - faces: the folder for crops and manifest.
    ///   - part: what of the work is done.
    ///   - progress: called after each photo, from any thread; an error it throws ends the run.
    /// - Throws: `RecognitionError` where a folder is missing or cannot be written, `.cancelled` included; `CascadeError` where the
    ///   recipe's cascades cannot be loaded. `.cleanedOtherwise` where `faces` has a manifest made by another way of finding faces,
    ///   `.unfinishedShards` where shares to merge are missing.
    public func clean(
        _ photos: URL, into faces: URL, part: Part = .whole, progress: @escaping @Sendable (Progress) throws -> Void = { _ in }
    ) async throws -> Summary {
        try await offCooperativePool { cancellation in
            try clean(photos, into: faces, part: part, cancellation: cancellation, progress: progress)
        }
    }

    /// The same on the calling thread and `threads - 1` others.
    package func clean(
        _ photos: URL, into faces: URL, part: Part = .whole, cancellation: Cancellation = Cancellation(),
        progress: @Sendable (Progress) throws -> Void = { _ in }
    ) throws -> Summary {
        let clock = ContinuousClock()
        let start = clock.now
        try RealPath.refuse(FilePath(faces.path), inside: FilePath(photos.path))
        let folder = try CleanedFolder(photos: photos, faces: faces)
        let (set, known) = (folder.set, folder.known)
        guard !set.entries.isEmpty || !set.unlisted.isEmpty || known.isEmpty else {
            // An empty folder is likelier a disk that is not there than a person's wish to lose all crops.
            throw RecognitionError.missing(
                path: photos.path, what: "photo, though \(known.count) were cleaned from it; no crop was touched")
        }
        guard known.values.allSatisfy({ $0.finder == recipe.finderFingerprint }) else {
            throw RecognitionError.cleanedOtherwise(path: faces.path, recipe: recipe.name)
        }
        let outcomes: [Outcome]
        let stale = StaleCrops(folder: FilePath(faces.path), limits: limits)
        let removed = Mutex(0)
        /// Before the journal or the manifest forgets them.
        @Sendable func removeFormerCrops(of record: PhotoRecord) throws {
            guard let former = known[record.path], former.sha256 != record.sha256 else { return }
            let count = try stale.remove(former, current: record)
            removed.withLock { $0 += count }
        }
        switch part {
        case .shard(let shard):
            let outcomes = try examine(shard, of: folder, cancellation: cancellation, progress: progress)
            return summarised(outcomes.map(\.record), outcomes, duration: clock.now - start)
        case .whole:
            let journal = try LineJournal(at: FilePath(Manifest.journal(in: faces).path), records: folder.manifest.ordered)
            try PartFile.removeAbandoned(below: FilePath(faces.path))
            let gone = try removeCropsOfGonePhotos(known, of: set, stale: stale)
            removed.withLock { $0 += gone }
            outcomes = try examine(
                set.entries, of: folder, known: known, journal: journal, cancellation: cancellation, progress: progress,
                finished: removeFormerCrops)
        case .merge:
            outcomes = try merged(folder)
            try PartFile.removeAbandoned(below: FilePath(faces.path))
            let gone = try removeCropsOfGonePhotos(known, of: set, stale: stale)
            removed.withLock { $0 += gone }
            for outcome in outcomes { try removeFormerCrops(of: outcome.record) }
        }
        let records = try picked(
            outcomes.map(\.record), of: set, former: known, isUnchanged: outcomes.allSatisfy(\.reused), reviewed: folder.reviewed,
            into: faces, cancellation: cancellation
        ).map(folder.reviewed.applied)
        let all = grouped(records + unlistedRecords(of: set, known))
        var manifest = folder.manifest
        manifest.replace(with: all)
        try manifest.save()
        try ShardRecords(faces: FilePath(faces.path)).remove()
        var summary = summarised(records, outcomes, duration: clock.now - start)
        summary.groups = Set(all.compactMap(\.group)).count
        summary.removed = removed.withLock { $0 }
        summary.labelsWithoutCrops = labelsWithoutCrops(in: set, records)
        summary.strays = set.strays
        summary.unlisted = set.unlisted
        return summary
    }

    /// A photo's record, and whether its line was there already.
    typealias Outcome = (record: PhotoRecord, reused: Bool)

    private func summarised(_ records: [PhotoRecord], _ outcomes: [Outcome], duration: Duration) -> Summary {
        Summary(
            photos: records.count, kept: records.count { $0.kept }, reused: outcomes.count { $0.reused },
            reasons: Dictionary(records.compactMap(\.reason).map { ($0.rawValue, 1) }, uniquingKeysWith: +), duration: duration)
    }

    /// The records of some of the folder's photos, each in the journal as soon as it is done.
    /// - Parameter finished: called with each record before it is in the journal.
    func examine(
        _ entries: [PhotoSet.Entry], of folder: CleanedFolder, known: [RelativePath: PhotoRecord], journal: LineJournal<PhotoRecord>,
        cancellation: Cancellation, progress: @Sendable (Progress) throws -> Void,
        finished: @Sendable (PhotoRecord) throws -> Void = { _ in }
    ) throws -> [Outcome] {
        let examination = PhotoExamination(finder: try FaceFinder(recipe: recipe), limits: limits)
        let done = Mutex(0)
        return try Parallel.map(entries.count, threads: threads) { index in
            try cancellation.check()
            let (record, reused) = try finish(entries[index], of: folder, known: known[entries[index].path], examination: examination)
            try finished(record)
            if !reused { try journal.append(record) }
            let count = done.withLock { count in
                count += 1
                return count
            }
            try progress(Progress(done: count, total: entries.count, record: record, reused: reused))
            return (record: record, reused: reused)
        }
    }

    /// The photo's record, the old one where nothing has changed. A crop is on the disk before its record is.
    private func finish(
        _ entry: PhotoSet.Entry, of folder: CleanedFolder, known: PhotoRecord?, examination: PhotoExamination
    ) throws -> Outcome {
        let source = folder.source(of: entry)
        let bytes: [UInt8]
        do {
            bytes = try FileBytes.readPhoto(folder.set.path(of: entry), within: limits)
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
        for (crop, image) in zip(result.record.crops, result.crops) where !folder.reviewed.tookAway(crop.file, photoSHA256: digest) {
            try AtomicFile.write(try ImageFile.encodePNG(image), to: crop.file.path(in: FilePath(folder.faces.path)))
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
        let labels = PhotoRecord.labelNumbers(of: records)
        let hashes = kept.map { NearDuplicates.Hashes(label: labels[$0], photo: records[$0].hash, crop: records[$0].crops[0].hash) }
        for (index, group) in zip(kept, NearDuplicates.groups(of: hashes, threads: threads)) {
            records[index].group = group
        }
        return records
    }
}
