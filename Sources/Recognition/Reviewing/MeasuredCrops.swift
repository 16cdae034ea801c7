import Foundation
import Imaging
import Learn
import Support
import Synchronization
import SystemPackage

/// The crops of a folder, each as a few coordinates: what comparing faces needs, in memory that bears tens of thousands.
public struct MeasuredCrops: Sendable {
    /// One crop.
    public struct Crop: Sendable {
        /// "label/file" inside the folder.
        public var file: RelativePath
        /// The name of the folder it lies in.
        public var label: String
        /// Of the file's bytes.
        public var sha256: String
        /// Of its pixels.
        public var hash: DifferenceHash
        /// In pixels.
        public var size: Size
        /// The manifest's record of the photo that it was cut from; nil where that is not known.
        public var record: PhotoRecord?

        /// The crop as the manifest has it; nil where its photo is not known.
        public var origin: PhotoRecord.Crop? { record?.crop(at: file) }

        /// The face that was cut out, with its quality; nil where its photo is not known.
        public var face: FoundFace? { origin.flatMap { origin in record?.faces.first { $0.box == origin.box } } }
    }

    /// The folder of crops.
    public let folder: URL
    /// In byte order of their paths.
    public let crops: [Crop]
    /// The labels that have crops, in byte order.
    public let labels: [String]
    /// Each crop's place in `labels`.
    public let classes: [Int]
    /// What the crops are compared by.
    let hashes: [NearDuplicates.Hashes]
    /// Each crop's near-duplicate group.
    public let groups: [Int]
    /// crops x coordinates, of mean square length about 1; without columns where there is nothing to tell crops apart by.
    package let rows: Matrix
    /// Files that are no readable picture.
    public let skipped: [TrainingSet.Skipped]

    /// Reads and measures every crop by the recipe `best`, whatever recipe cut it out.
    /// - Throws: `RecognitionError` where the folder is missing, its manifest damaged, or it holds no crop, `.cancelled` included;
    ///   `CascadeError` where the recipe's cascades cannot be loaded.
    package init(
        folder: URL, limits: ImageLimits = .standard, threads: Int = availableCores, cancellation: Cancellation = Cancellation(),
        progress: @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) throws {
        let set = try PhotoSet(root: folder)
        let reader = CropReader(
            set: set, limits: limits, extractor: try FeatureExtractor(settings: Recipe.best.features),
            finder: try FaceFinder(recipe: .best), origins: CropOrigins(try Manifest(folder: folder)))
        let done = Mutex(0)
        @Sendable func measured<T>(_ index: Int, _ use: (CropReader.Reading) throws -> T) throws -> T {
            try cancellation.check()
            defer {
                let count = done.withLock { count in
                    count += 1
                    return count
                }
                progress(count, set.entries.count)
            }
            return try use(try reader.read(index, withMirror: false))
        }
        // The space is made of evenly spread crops; of all others only their coordinates in it are kept.
        let step = max(1, (set.entries.count + PickingSpace.sampledFaces - 1) / PickingSpace.sampledFaces)
        let sample = stride(from: 0, to: set.entries.count, by: step).map { $0 }
        let first = try Parallel.map(sample.count, threads: threads) { place in try measured(sample[place]) { $0 } }
        let features = first.compactMap { if case .crop(let crop) = $0 { crop.features } else { nil } }
        let space =
            features.contains { $0 != features[0] }
            ? try PickingSpace(of: try Matrix(features), blockLengths: reader.extractor.blockLengths, threads: threads) : nil
        @Sendable func reading(_ result: CropReader.Reading) throws -> Reading {
            switch result {
            case .crop(let crop):
                .crop(Crop(crop), try space.map { try Array($0.coordinates(of: try Matrix([crop.features]), threads: 1).row(0)) } ?? [])
            case .foreign(let file): .foreign(file)
            }
        }
        let sampled = Set(sample)
        let rest = set.entries.indices.filter { !sampled.contains($0) }
        let others = try Parallel.map(rest.count, threads: threads) { place in try measured(rest[place], reading) }
        var readings = [Reading?](repeating: nil, count: set.entries.count)
        for (place, result) in zip(sample, first) { readings[place] = try reading(result) }
        for (place, reading) in zip(rest, others) { readings[place] = reading }
        let kept = readings.compactMap { if case .crop(let crop, let row)? = $0 { (crop, row) } else { nil } }
        guard !kept.isEmpty else {
            throw RecognitionError.unusableTrainingSet(path: folder.path, reason: "no crop in it; run clean first")
        }
        let crops = kept.map(\.0)
        let names = Set(crops.map { Array($0.label.utf8) }).sorted { $0.lexicographicallyPrecedes($1) }
        let places = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
        self.folder = folder
        self.crops = crops
        labels = names.map { String(decoding: $0, as: UTF8.self) }
        classes = crops.compactMap { places[Array($0.label.utf8)] }
        hashes = zip(crops, classes).map { NearDuplicates.Hashes(label: $1, photo: $0.record?.hash, crop: $0.hash) }
        groups = NearDuplicates.groups(of: hashes, threads: threads)
        rows = space == nil ? Matrix(rows: kept.count, columns: 0) : try Matrix(kept.map(\.1))
        skipped = readings.compactMap { if case .foreign(let file)? = $0 { file } else { nil } }
    }

    private enum Reading: Sendable {
        case crop(Crop, [Float])
        case foreign(TrainingSet.Skipped)
    }
}

extension MeasuredCrops.Crop {
    fileprivate init(_ crop: MeasuredCrop) {
        self.init(
            file: crop.row.path, label: crop.row.label, sha256: crop.row.sha256, hash: crop.row.hash, size: crop.picture.size,
            record: crop.row.record)
    }
}
