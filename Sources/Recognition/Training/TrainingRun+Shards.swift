import Foundation
import Learn
import Support
import SystemPackage

/// Searching as a job array: tasks that share nothing but files, whose results a run with `mergesShards` takes over.
extension TrainingRun {
    /// Does one share of the run's search off the caller's thread; cancelling the task ends it. No model is written.
    ///
    /// What it found out lies in `.NAME.shards` beside the model, in a file of its own that appears whole. A task may be killed, repeated,
    /// or run twice at a time.
    /// - Parameters:
    ///   - shard: which share of how many.
    ///   - progress: called after each crop and each candidate of each fold, from any thread.
    /// - Returns: the result's file.
    /// - Throws: what `TrainingSet.init` and `Trainer.train` throw; `RecognitionError.unusableTrainingSet` for crops too many for a search
    ///   on all their features, where no grid was asked for.
    public func search(
        _ shard: Shard, progress: @escaping @Sendable (_ stage: Stage, _ done: Int, _ total: Int) -> Void = { _, _, _ in }
    ) async throws -> URL {
        try await offCooperativePool { cancellation in try search(shard, cancellation: cancellation, progress: progress) }
    }

    /// The same on the calling thread and `settings.threads - 1` others.
    package func search(
        _ shard: Shard, cancellation: Cancellation, progress: @escaping @Sendable (_ stage: Stage, _ done: Int, _ total: Int) -> Void
    ) throws -> URL {
        try settings.check()
        let result = file(of: shard, ending: "outcomes")
        try AtomicFile.makeFolder(FilePath(shards.path))
        let set = try trainingSet(cancellation: cancellation) { progress(.measure, $0, $1) }
        var trainer = settings
        trainer.journal = file(of: shard, ending: "journal")
        try Trainer(settings: trainer).search(set, shard: shard, into: result, cancellation: cancellation) { progress(.search, $0, $1) }
        return result
    }

    /// The results that tasks have left.
    /// - Throws: `RecognitionError.unfinishedShards` where there are none; `.inputOutput`.
    func shardResults() throws(RecognitionError) -> [URL] {
        let folder = FilePath(shards.path)
        let names = isFolder(folder) ? try FolderListing.visibleNames(in: folder) : []
        let results = names.filter { $0.extension == "outcomes" }.map { shards.appendingPathComponent($0.string) }
        guard !results.isEmpty else {
            throw .unfinishedShards(path: folder.string, reason: "no shard of the search has left a result; run train --search-shard first")
        }
        return results
    }

    /// Removes the results, once the model is safe.
    func removeShards() throws(RecognitionError) {
        guard isFolder(FilePath(shards.path)) else { return }
        do {
            try FileManager.default.removeItem(at: shards)
        } catch {
            throw AtomicFile.failure(FilePath(shards.path), error)
        }
    }

    private var shards: URL { model.deletingLastPathComponent().appendingPathComponent(".\(model.lastPathComponent).shards") }

    private func file(of shard: Shard, ending: String) -> URL {
        shards.appendingPathComponent("\(shard.index)-of-\(shard.count).\(ending)")
    }
}
