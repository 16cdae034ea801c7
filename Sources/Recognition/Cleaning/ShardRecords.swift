import Foundation
import Learn
import SystemPackage

/// The results of a job array's tasks, in `faces/.shards`: a file `<index>-of-<count>.jsonl` for each task that ended, written whole, of
/// the same lines as the manifest. A task under way has a journal beside it, by which it goes on after a kill.
struct ShardRecords {
    private let folder: FilePath
    /// Under this name what was merged waits to be removed, so that a kill never leaves some of an array's results.
    private let merged: FilePath

    init(faces: FilePath) {
        folder = faces.appending(".shards")
        merged = faces.appending(".shards-merged")
    }

    func result(of shard: Shard) -> FilePath { folder.appending("\(shard.index)-of-\(shard.count).jsonl") }

    func journal(of shard: Shard) -> FilePath { folder.appending("\(shard.index)-of-\(shard.count).journal") }

    /// The result files of the one array that is complete, in the order of its shards; none where no task has left anything.
    /// - Throws: `RecognitionError.unfinishedShards` where no array is complete, or more than one.
    func complete() throws(RecognitionError) -> [FilePath] {
        guard isFolder(folder) else { return [] }
        var found: [Int: Set<Int>] = [:]
        for name in try FolderListing.visibleNames(in: folder) {
            if let shard = Self.shard(ofResult: name.string) { found[shard.count, default: []].insert(shard.index) }
        }
        let complete = found.filter { $0.key == $0.value.count }.keys.sorted()
        guard complete.count < 2 else {
            let arrays = complete.map { "\($0)" }.joined(separator: " and of ")
            throw .unfinishedShards(
                path: folder.string, reason: "there are whole arrays of \(arrays) shards; delete the results of all but one, then merge")
        }
        if let count = complete.first { return (0..<count).compactMap { Shard(index: $0, of: count) }.map(result(of:)) }
        guard let nearest = found.max(by: { ($0.value.count, $0.key) < ($1.value.count, $1.key) }) else {
            throw .unfinishedShards(path: folder.string, reason: "no shard has ended yet; merge when all have")
        }
        let missing = (0..<nearest.key).filter { !nearest.value.contains($0) }
        let named = missing.prefix(10).map { "\($0)/\(nearest.key)" }.joined(separator: ", ") + (missing.count > 10 ? ", …" : "")
        throw .unfinishedShards(
            path: folder.string,
            reason: "\(missing.count) of \(nearest.key) shards have no result: \(named); run them with --shard, then merge again")
    }

    /// - Throws: `RecognitionError.unfinishedShards` where results wait to be merged.
    func requireNone() throws(RecognitionError) {
        for left in [folder, merged] where isFolder(left) {
            throw .unfinishedShards(
                path: left.string, reason: "the results of a job array tell of photos too; merge them, or delete the folder, and try again")
        }
    }

    /// Removes all results and journals, whatever was removed before a kill.
    /// - Throws: `RecognitionError.inputOutput`.
    func remove() throws(RecognitionError) {
        do {
            try removeMerged()
            guard isFolder(folder) else { return }
            try FileManager.default.moveItem(atPath: folder.string, toPath: merged.string)
            try removeMerged()
        } catch {
            throw AtomicFile.failure(folder, error)
        }
    }

    private func removeMerged() throws {
        if isFolder(merged) { try FileManager.default.removeItem(atPath: merged.string) }
    }

    private static func shard(ofResult name: String) -> Shard? {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1] == "jsonl" else { return nil }
        let numbers = parts[0].split(separator: "-", omittingEmptySubsequences: false)
        guard numbers.count == 3, numbers[1] == "of", let index = Int(numbers[0]), let count = Int(numbers[2]), count <= 1_000_000
        else { return nil }
        return Shard(index: index, of: count)
    }
}
