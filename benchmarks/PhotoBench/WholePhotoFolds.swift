import Foundation
import Imaging
import Recognition
import Support

/// Five parts of whole photos: near-duplicates are in one part, and each label is spread over all.
struct WholePhotoFolds {
    /// The photos of each part.
    let folds: [[PhotoRecord]]

    /// Photos within `NearDuplicates.photoBits` are one group; groups go to the parts in turn, label by label, in byte order of their first
    /// photos.
    init(_ records: [PhotoRecord], count: Int) throws {
        var sets = UnionFind(count: records.count)
        for (i, record) in records.enumerated() {
            for j in 0..<i {
                if let a = record.hash, let b = records[j].hash, a.distance(to: b) <= NearDuplicates.photoBits { sets.join(i, j) }
            }
        }
        var turns: [String: Int] = [:]
        var place: [Int: Int] = [:]
        var folds = [[PhotoRecord]](repeating: [], count: count)
        for (record, group) in zip(records, sets.groups()) {
            if place[group] == nil {
                let label = String(record.path.text.prefix { $0 != "/" })
                place[group] = turns[label, default: 0] % count
                turns[label, default: 0] += 1
            }
            folds[place[group] ?? 0].append(record)
        }
        self.folds = folds
    }

    /// Links the photos of all parts but one into `folder/<label>/`.
    func link(_ photos: URL, trainingOf fold: Int, into folder: URL) throws {
        for (other, records) in folds.enumerated() where other != fold {
            for record in records {
                let file = folder.appendingPathComponent(record.path.text)
                try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try FileManager.default.createSymbolicLink(
                    at: file, withDestinationURL: photos.appendingPathComponent(record.path.text))
            }
        }
    }
}
