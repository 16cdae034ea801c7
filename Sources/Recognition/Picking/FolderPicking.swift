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
    ) throws -> (photos: [PickablePhoto], rows: DoubleMatrix) {
        let found = records.indices.filter { !records[$0].faces.isEmpty }
        let step = max(1, (found.reduce(0) { $0 + records[$1].faces.count } + PickingSpace.sampledFaces - 1) / PickingSpace.sampledFaces)
        let sample = stride(from: 0, to: found.count, by: step).map { found[$0] }
        var coordinates = [[[Double]]](repeating: [], count: records.count)
        var hashes = [DifferenceHash?](repeating: nil, count: records.count)
        let first = try Parallel.map(sample.count, threads: threads) { place in
            try cancellation.check()
            return try measure(records[sample[place]], set.entries[sample[place]], of: set)
        }
        if let space = try space(of: first.flatMap(\.features)) {
            for (photo, measured) in zip(sample, first) {
                hashes[photo] = measured.hash
                coordinates[photo] = try Self.coordinates(measured.features, in: space)
            }
            let sampled = Set(sample)
            let rest = found.filter { !sampled.contains($0) }
            let others = try Parallel.map(rest.count, threads: threads) { place in
                try cancellation.check()
                let measured = try measure(records[rest[place]], set.entries[rest[place]], of: set)
                return (measured.hash, try Self.coordinates(measured.features, in: space))
            }
            for (photo, other) in zip(rest, others) { (hashes[photo], coordinates[photo]) = other }
        }
        let groups = groups(of: records, hashes)
        let labels = Dictionary(set.labels.enumerated().map { (Array($1.utf8), $0) }) { first, _ in first }
        let photos = records.indices.map { index in
            // A photo that changed under our hands has no coordinates, and takes no part.
            let faces = coordinates[index].isEmpty ? [] : records[index].faces
            return PickablePhoto(
                label: labels[Array(set.entries[index].label.utf8)] ?? 0, group: groups[index],
                faces: faces.map { PickableFace(box: $0.box, probability: $0.pickingProbability) })
        }
        return (photos, try DoubleMatrix(coordinates.flatMap { $0 }))
    }

    private func space(of features: [[Float]]) throws -> PickingSpace? {
        guard features.count > 1, features.contains(where: { $0 != features[0] }) else { return nil }
        return try PickingSpace(of: try Matrix(features), blockLengths: extractor.blockLengths, threads: threads)
    }

    private static func coordinates(_ features: [[Float]], in space: PickingSpace) throws -> [[Double]] {
        let rows = try space.coordinates(of: try Matrix(features), threads: 1)
        return (0..<rows.rows).map { Array(rows.row($0)) }
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
    private func groups(of records: [PhotoRecord], _ hashes: [DifferenceHash?]) -> [Int] {
        let known = records.indices.filter { hashes[$0] != nil }
        let numbers = NearDuplicates.groups(
            of: known.compactMap { index in hashes[index].map { NearDuplicates.Hashes(photo: records[index].hash, crop: $0) } },
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
