import Foundation
import Learn
import Support
import SystemPackage

/// Cleaning as a job array: tasks that share nothing but files, and the merge of what they gave.
extension Cleaner {
    /// Does one share and writes its lines whole; photos whose line exists, in the manifest or from an earlier try, are not searched again.
    func examine(
        _ shard: Shard, of folder: CleanedFolder, cancellation: Cancellation, progress: @Sendable (Progress) throws -> Void
    ) throws -> [Outcome] {
        let results = ShardRecords(faces: FilePath(folder.faces.path))
        var earlier = Manifest(empty: folder.faces)
        try earlier.read(URL(fileURLWithPath: results.result(of: shard).string), isJournal: false)
        try earlier.read(URL(fileURLWithPath: results.journal(of: shard).string), isJournal: true)
        let entries = folder.set.entries.indices.filter(shard.holds).map { folder.set.entries[$0] }
        let journal = try LineJournal(at: results.journal(of: shard), records: earlier.ordered)
        let outcomes = try examine(
            entries, of: folder, known: folder.known.merging(earlier.records) { $1 }, journal: journal, cancellation: cancellation,
            progress: progress)
        try JSONLines.write(outcomes.map(\.record), to: results.result(of: shard))
        try AtomicFile.remove(results.journal(of: shard))
        return outcomes
    }

    /// The record of every photo from the results of the shares; no photo is opened. Where there are none, because they were merged before,
    /// the manifest's.
    /// - Throws: `RecognitionError.unfinishedShards` where a photo has no record that this recipe made; `.damagedManifest`.
    func merged(_ folder: CleanedFolder) throws -> [Outcome] {
        let results = ShardRecords(faces: FilePath(folder.faces.path))
        let files = try results.complete()
        var shares = files.isEmpty ? folder.manifest : Manifest(empty: folder.faces)
        for file in files { try shares.read(URL(fileURLWithPath: file.string), isJournal: false) }
        guard shares.records.values.allSatisfy({ $0.finder == recipe.finderFingerprint }) else {
            throw RecognitionError.cleanedOtherwise(path: folder.faces.path, recipe: recipe.name)
        }
        var missing: [PhotoSet.Entry] = []
        let outcomes = folder.set.entries.compactMap { entry -> Outcome? in
            guard var record = shares.records[entry.path] else {
                missing.append(entry)
                return nil
            }
            let former = folder.known[entry.path]
            record.source = folder.source(of: entry)
            return (record, record.sha256 == nil ? record == former : record.sha256 == former?.sha256)
        }
        if let first = missing.first {
            throw RecognitionError.unfinishedShards(
                path: folder.faces.path,
                reason: """
                    no shard has examined \(missing.count) of the photos, of them first \(first.path); run \
                    \(files.isEmpty ? "the shards" : "all shards again, which do only what is missing"), then merge
                    """)
        }
        return outcomes
    }
}
