import Foundation
import Imaging
import SystemPackage

/// What a folder of photos has, for those that are to come.
struct PhotoShelf {
    var log: CollectedLog
    private var taken: Set<Key> = []
    private var bySHA256: [String: [RelativePath]] = [:]
    private var hashes: [(hash: DifferenceHash, file: RelativePath)] = []
    private var names: [RelativePath: Set<String>] = [:]
    private let folder: FilePath

    /// A file of a label with these bytes; or, where they could not be read, with this reason.
    private struct Key: Hashable {
        var source: RelativePath
        var label: RelativePath
        var content: String?
    }

    init(photos: URL) throws {
        folder = FilePath(photos.path)
        log = try CollectedLog(photos: photos)
        for entry in try PhotoSet(root: photos).entries { names[entry.folder, default: []].insert(SafeName.folded(entry.name.text)) }
        for item in log.items { note(item) }
    }

    private mutating func note(_ item: CollectedItem) {
        taken.insert(Key(source: item.source, label: item.label, content: item.sha256 ?? item.error))
        guard let file = item.file, let sha256 = item.sha256 else { return }
        names[file.parts[0], default: []].insert(SafeName.folded(file.parts[1].text))
        bySHA256[sha256, default: []].append(file)
        if let hash = item.hash { hashes.append((hash, file)) }
    }

    /// Writes the item's line.
    mutating func add(_ item: CollectedItem) throws {
        try log.append(item)
        note(item)
    }

    /// Whether the same file was collected before.
    func hasTaken(_ item: CollectedItem) -> Bool {
        taken.contains(Key(source: item.source, label: item.label, content: item.sha256 ?? item.error))
    }

    /// A photo with the same bytes that is still there: one of the item's label before others.
    func twin(of item: CollectedItem) -> RelativePath? {
        let twins = (item.sha256.flatMap { bySHA256[$0] } ?? []).filter { file in
            guard let bytes = try? FileBytes.read(file.path(in: folder)) else { return false }
            return FileBytes.sha256(bytes) == item.sha256
        }
        return twins.first { $0.parts[0] == item.label } ?? twins.first
    }

    /// The first photo that shows the same picture.
    /// - Complexity: O(photos).
    func nearest(to hash: DifferenceHash) -> RelativePath? {
        hashes.first { $0.hash.distance(to: hash) <= NearDuplicates.photoBits }?.file
    }

    /// The file of this name where it has these bytes: a run was killed before it could write the line.
    func leftBehind(label: RelativePath, name: String, sha256: String?) -> RelativePath? {
        let file = RelativePath(bytes: label.bytes + [UInt8(ascii: "/")] + Array(name.utf8))
        guard let bytes = try? FileBytes.read(file.path(in: folder)), FileBytes.sha256(bytes) == sha256 else { return nil }
        return file
    }

    /// A path under the label that no file has.
    func freePath(label: RelativePath, name: String) -> RelativePath {
        let free = SafeName.free(name, among: names[label] ?? [])
        return RelativePath(bytes: label.bytes + [UInt8(ascii: "/")] + Array(free.utf8))
    }
}
