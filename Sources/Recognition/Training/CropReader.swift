import Foundation
import Imaging
import Support
import SystemPackage

/// A crop as it was read: what is kept of it, its pixels, and what was measured on them.
struct MeasuredCrop: Sendable {
    var row: TrainingSet.Row
    var picture: Image
    var features: [Float]
    /// Of the mirror image, where it was asked for.
    var mirrored: [Float]?
}

/// Reads the crops of a folder one by one and measures them.
struct CropReader: Sendable {
    let set: PhotoSet
    let limits: ImageLimits
    let extractor: FeatureExtractor
    let finder: FaceFinder?
    let origins: CropOrigins

    /// What became of a file.
    enum Reading: Sendable {
        case crop(MeasuredCrop)
        case foreign(TrainingSet.Skipped)
    }

    /// Reads the file of entry `index`.
    /// - Parameter withMirror: whether its mirror image is measured too, where the recipe learns from mirror images.
    /// - Throws: what is no fault of the file's.
    func read(_ index: Int, withMirror: Bool) throws -> Reading {
        let entry = set.entries[index]
        do {
            let bytes = try FileBytes.readPhoto(set.path(of: entry))
            let crop = try ImageFile.decode(bytes, limits: limits)
            let eyes = try finder?.eyes(in: crop.grayscale()) ?? []
            let row = TrainingSet.Row(
                label: entry.label, path: entry.path, eyes: eyes, sha256: FileBytes.sha256(bytes),
                hash: DifferenceHash(of: crop), record: origins.record(of: entry))
            return .crop(
                MeasuredCrop(
                    row: row, picture: crop, features: try extractor.vector(of: crop, eyes: eyes),
                    mirrored: withMirror ? try extractor.mirroredVector(of: crop, eyes: eyes) : nil))
        } catch let error where error is ImagingError || error is RecognitionError {
            return .foreign(TrainingSet.Skipped(path: entry.path, reason: "\(error)"))
        }
    }
}

/// Which photo a crop was cut from, also where a person moved the crop to another label.
struct CropOrigins: Sendable {
    private var byPath: [RelativePath: PhotoRecord] = [:]
    private var byName: [RelativePath: [PhotoRecord]] = [:]

    init(_ manifest: Manifest) {
        for record in manifest.ordered {
            for crop in record.crops {
                byPath[crop.file] = record
                byName[crop.file.parts[1], default: []].append(record)
            }
        }
    }

    /// The record whose crop has this path or else, where only one has it, this name.
    func record(of entry: PhotoSet.Entry) -> PhotoRecord? {
        if let record = byPath[entry.path] { return record }
        let sameName = byName[entry.name] ?? []
        return sameName.count == 1 ? sameName[0] : nil
    }
}
