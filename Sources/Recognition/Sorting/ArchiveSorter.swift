import Foundation
import Imaging
import Support
import Synchronization
import SystemPackage

/// Sorts an archive of photos by who is in them: a folder a person with links to the photos, or copies of them, and a table of all answers.
///
/// The archive itself is never touched. A photo whose line exists, made of the same file by the same model, is not answered again, and an entry
/// that a person took away stays away. A run that was killed goes on where it stopped and ends with what an undisturbed one gives.
public struct ArchiveSorter: Sendable {
    /// What the entries of a sorted folder are.
    public enum Mode: String, Sendable, Codable, CaseIterable {
        /// Relative symbolic links, so that archive and sorted folder can be moved together.
        case link
        /// Copies, as old as their photos.
        case copy
    }

    /// How far a run has come.
    public struct Progress: Sendable {
        /// Files that are finished.
        public var done: Int
        /// Files in all.
        public var total: Int
        /// The photo just finished; nil for a file that is no photo.
        public var photo: SortedPhoto?
        /// Whether its answer was there already.
        public var reused: Bool
    }

    /// Who names the faces.
    public let recognizer: any FaceNaming
    /// What the entries are.
    public let mode: Mode
    /// Of each photo.
    public let limits: PhotoLimits
    /// Photos that are worked on at once.
    public let threads: Int

    /// A sorter; the defaults are those of `lineup classify --sort-into`.
    /// - Parameters:
    ///   - recognizer: works on each photo; best one of a single thread, since `threads` photos are worked on at once.
    ///   - mode: what the entries are.
    ///   - limits: of each photo.
    ///   - threads: photos that are worked on at once; the result does not depend on it.
    public init(
        recognizer: any FaceNaming, mode: Mode = .link, limits: PhotoLimits = .standard,
        threads: Int = availableCores
    ) {
        self.recognizer = recognizer
        self.mode = mode
        self.limits = limits
        self.threads = threads
    }

    /// Sorts the photos below `archive` into `output` off the caller's thread; cancelling the task ends it, and what was finished stays.
    /// - Parameters:
    ///   - archive: the photos, in folders of any depth; they are only read or, with links, linked to.
    ///   - output: the folder of the sorted photos; it is made.
    ///   - progress: called after each file, from any thread; an error it throws ends the run.
    /// - Throws: `RecognitionError` where a folder is missing or cannot be written, lies in the other, or has damaged answers, `.cancelled`
    ///   included; `CascadeError` and `LearnError` where the recognizer fails for other reasons than the photo.
    public func sort(
        _ archive: URL, into output: URL, progress: @escaping @Sendable (Progress) throws -> Void = { _ in }
    ) async throws -> SortingSummary {
        try await offCooperativePool { cancellation in
            try sort(FilePath(archive.path), into: FilePath(output.path), cancellation: cancellation, progress: progress)
        }
    }

    /// The same on the calling thread and `threads - 1` others.
    package func sort(
        _ root: FilePath, into output: FilePath, cancellation: Cancellation = Cancellation(),
        progress: @Sendable (Progress) throws -> Void = { _ in }
    ) throws -> SortingSummary {
        let clock = ContinuousClock()
        let start = clock.now
        try RealPath.refuse(output, inside: root)
        try RealPath.refuse(root, inside: output)
        guard isFolder(root) else { throw RecognitionError.missing(path: root.string, what: "folder") }
        try AtomicFile.makeFolder(output)  // first, so that a link to it is known for what it is
        let archive = try PhotoArchive(root: root, without: output)
        let former = try SortedAnswers(folder: output)
        guard !archive.files.isEmpty || !archive.unlisted.isEmpty || former.photos.isEmpty else {
            // An empty folder is likelier a disk that is not there than a person's wish to lose the sorted folder.
            throw RecognitionError.missing(
                path: root.string, what: "photo, though \(former.photos.count) were sorted from it; no entry was touched")
        }
        try PartFile.removeAbandoned(below: output)
        let work = SortingWork(
            sorter: self, archive: archive, names: EntryNames(files: archive.files, labels: recognizer.labels),
            entries: EntryFolder(output, of: archive, mode: mode), model: recognizer.summary.identity,
            journal: try LineJournal(at: SortedAnswers.journal(in: output), records: former.ordered))
        let removed = try work.removeEntriesOfGonePhotos(former)
        let done = Mutex(0)
        let outcomes = try Parallel.map(archive.files.count, threads: threads) { index in
            try cancellation.check()
            let file = archive.files[index]
            let outcome = try work.finish(file, former: former.photos[file])
            let count = done.withLock { count in
                count += 1
                return count
            }
            try progress(Progress(done: count, total: archive.files.count, photo: outcome.photo, reused: outcome.reused))
            return outcome
        }
        let photos = outcomes.compactMap(\.photo)
        try work.entries.removeEmpty(former.folders.subtracting(photos.flatMap(\.entries).map { $0.parts[0] }))
        try SortedAnswers.save(photos + former.photos.values.filter { archive.isHidden($0.path) }, in: output)
        return SortingSummary(
            outcomes, labels: recognizer.labels, removed: removed + outcomes.reduce(0) { $0 + $1.removed }, unlisted: archive.unlisted,
            seconds: (clock.now - start) / .seconds(1))
    }
}
