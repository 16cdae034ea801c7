import Foundation
import Imaging
import Learn
import Support
import SystemPackage

/// The second half of cleaning by a recipe that picks: of the faces found in all photos, one a photo is chosen and cut out.
///
/// Every face is measured by the recipe's features; to bound memory, the space in which faces are compared comes from evenly spread
/// photos with about a thousand faces, and of all others only their coordinates in it are kept.
struct FolderPicking: Sendable {
    let extractor: FeatureExtractor
    let limits: ImageLimits
    let reviewed: ReviewedPhotos
    let threads: Int

    /// A photo's faces, measured.
    private struct Measured: Sendable {
        var features: [[Float]]
        /// Of the first face's crop; nil where the photo gave none.
        var hash: DifferenceHash?
    }

    /// A photo's faces in the space in which they are compared.
    private struct Placed: Sendable {
        /// faces x coordinates; no face where the photo changed under our hands.
        var rows: Matrix
        var hash: DifferenceHash?

        init(_ measured: Measured, in space: PickingSpace) throws {
            rows =
                measured.features.isEmpty
                ? Matrix(rows: 0, columns: space.count) : try space.coordinates(of: try Matrix(measured.features), threads: 1)
            hash = measured.hash
        }
    }

    /// So many photos are measured before their coordinates go to where all are.
    private static let photosAtOnce = 1024

    /// The records with their picks. A picked face's crop is written unless the photo's former record had the same one: then it is
    /// there, or somebody took it away.
    /// - Parameter former: the records of the run before, by path.
    /// - Throws: `RecognitionError` where a crop cannot be written, or on cancellation; `LearnError` and `DescriptorError` do not occur for
    ///   faces that a finder gave.
    func pick(
        _ records: [PhotoRecord], of set: PhotoSet, former: [RelativePath: PhotoRecord], into faces: URL, cancellation: Cancellation
    ) throws -> [PhotoRecord] {
        let (photos, rows) = try measured(records, of: set, cancellation: cancellation)
        let outcome = try FacePicker().pick(photos, rows: rows, threads: threads)
        let stale = StaleCrops(folder: FilePath(faces.path), limits: limits)
        return try Parallel.map(records.count, threads: threads) { index in
            try cancellation.check()
            // What gave no face to compare keeps its own reason.
            guard !photos[index].faces.isEmpty else { return records[index] }
            let record = records[index]
            let former = former[record.path]
            let choice = reviewed.chosenFace(of: record).map { FacePick(face: $0, confidence: 1) }
            let result =
                try (choice ?? outcome.picks[index]).flatMap { pick in
                    try kept(record, pick, entry: set.entries[index], former: former, of: set, into: faces)
                } ?? refused(record)
            // Of a photo that is the same another face was picked before.
            if let former, former.sha256 == record.sha256 { _ = try stale.remove(former, current: result) }
            return result
        }
    }

    /// Each photo as picking sees it, and the coordinates of all faces in the photos' order.
    private func measured(
        _ records: [PhotoRecord], of set: PhotoSet, cancellation: Cancellation
    ) throws -> (photos: [PickablePhoto], rows: Matrix) {
        let found = records.indices.filter { !records[$0].faces.isEmpty }
        let faces = found.reduce(0) { $0 + records[$1].faces.count }
        var values: [Float] = []
        var isMeasured = [Bool](repeating: false, count: records.count)
        var hashes = [DifferenceHash?](repeating: nil, count: records.count)
        let made = try space(for: faces, in: found, records, of: set, cancellation: cancellation)
        if let (space, sampled) = made {
            values.reserveCapacity(faces * space.count)
            for first in stride(from: 0, to: found.count, by: Self.photosAtOnce) {
                let batch = Array(found[first..<min(first + Self.photosAtOnce, found.count)])
                let part = try Parallel.map(batch.count, threads: threads) { place in
                    try cancellation.check()
                    let photo = batch[place]
                    return try sampled[photo] ?? Placed(try measure(records[photo], set.entries[photo], of: set), in: space)
                }
                for (photo, placed) in zip(batch, part) {
                    values += placed.rows.values
                    isMeasured[photo] = placed.rows.rows > 0
                    hashes[photo] = placed.hash
                }
            }
        }
        let labels = PhotoRecord.labelNumbers(of: records)
        let groups = groups(of: records, labels, hashes)
        let photos = records.indices.map { index in
            PickablePhoto(
                label: labels[index], group: groups[index],
                faces: (isMeasured[index] ? records[index].faces : []).map {
                    PickableFace(box: $0.box, probability: $0.pickingProbability)
                })
        }
        let columns = made?.space.count ?? 0
        return (photos, Matrix(rows: columns > 0 ? values.count / columns : 0, columns: columns, values: values))
    }

    /// The space in which faces are compared, and the photos that it is made of; nil where no two faces differ.
    /// - Parameters:
    ///   - faces: how many there are in all.
    ///   - found: the photos that have faces.
    private func space(
        for faces: Int, in found: [Int], _ records: [PhotoRecord], of set: PhotoSet, cancellation: Cancellation
    ) throws -> (space: PickingSpace, sampled: [Int: Placed])? {
        let step = max(1, (faces + PickingSpace.sampledFaces - 1) / PickingSpace.sampledFaces)
        let sample = stride(from: 0, to: found.count, by: step).map { found[$0] }
        let measured = try Parallel.map(sample.count, threads: threads) { place in
            try cancellation.check()
            return try measure(records[sample[place]], set.entries[sample[place]], of: set)
        }
        let features = measured.flatMap(\.features)
        guard features.count > 1, features.contains(where: { $0 != features[0] }) else { return nil }
        let space = try PickingSpace(of: try Matrix(features), blockLengths: extractor.blockLengths, threads: threads)
        let placed = try measured.map { try Placed($0, in: space) }
        return (space, Dictionary(zip(sample, placed)) { first, _ in first })
    }

    private func measure(_ record: PhotoRecord, _ entry: PhotoSet.Entry, of set: PhotoSet) throws -> Measured {
        guard let image = record.unchangedPhoto(at: set.path(of: entry), limits: limits) else { return Measured(features: [], hash: nil) }
        let crops = record.faces.map { image.cropped(to: $0.box) }
        return Measured(
            features: try zip(record.faces, crops).map { face, crop in
                try extractor.vector(of: crop, eyes: face.eyes.map { $0.offsetBy(x: -face.box.x, y: -face.box.y) })
            },
            hash: crops.first.map { DifferenceHash(of: $0) })
    }

    /// Near-duplicate groups by the photos and their first faces; a photo without a face is alone.
    private func groups(of records: [PhotoRecord], _ labels: [Int], _ hashes: [DifferenceHash?]) -> [Int] {
        let known = records.indices.filter { hashes[$0] != nil }
        let numbers = NearDuplicates.groups(
            of: known.compactMap { index in
                hashes[index].map { NearDuplicates.Hashes(label: labels[index], photo: records[index].hash, crop: $0) }
            },
            threads: threads)
        var groups = records.indices.map { $0 + known.count }
        for (index, number) in zip(known, numbers) { groups[index] = number }
        return groups
    }

    private func refused(_ record: PhotoRecord) -> PhotoRecord {
        var record = record
        record.kept = false
        record.crops = []
        record.reason = .nobodyFits
        let count = record.faces.count
        record.detail =
            count == 1
            ? "one face was found, and it is not like those of the label's other photos"
            : "\(count) faces were found, none like those of the label's other photos"
        return record
    }

    private func kept(
        _ record: PhotoRecord, _ pick: FacePick, entry: PhotoSet.Entry, former: PhotoRecord?, of set: PhotoSet, into faces: URL
    ) throws -> PhotoRecord? {
        let face = record.faces[pick.face]
        let file = entry.cropPath(number: pick.face + 1)
        if let known = former?.crops.first(where: { $0.file == file && $0.box == face.box }), former?.sha256 == record.sha256 {
            var crop = known
            crop.confidence = pick.confidence
            return keeping(record, crop)
        }
        guard let image = record.unchangedPhoto(at: set.path(of: entry), limits: limits) else { return nil }
        let picture = image.cropped(to: face.box)
        if !reviewed.tookAway(file, photoSHA256: record.sha256) {
            try AtomicFile.write(try ImageFile.encodePNG(picture), to: file.path(in: FilePath(faces.path)))
        }
        return keeping(
            record,
            PhotoRecord.Crop(file: file, box: face.box, eyes: face.eyes, hash: DifferenceHash(of: picture), confidence: pick.confidence))
    }

    private func keeping(_ record: PhotoRecord, _ crop: PhotoRecord.Crop) -> PhotoRecord {
        var record = record
        record.kept = true
        record.reason = nil
        record.detail = nil
        record.crops = [crop]
        return record
    }
}
