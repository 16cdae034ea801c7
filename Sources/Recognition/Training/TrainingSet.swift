import Foundation
import Imaging
import Learn
import Synchronization

/// The crops of a folder `faces/<label>/*` as rows of features, with their labels and near-duplicate groups.
///
/// The folder is the truth: what a person deleted is gone, what was moved to another label has that label. The manifest adds
/// the hash of the photo that a crop came from, so that two crops of one photo never stand on both sides of a split.
public struct TrainingSet: Sendable {
    public struct Row: Sendable {
        public var label: String
        /// "label/file" inside the folder.
        public var path: String
        public var crop: Image
        /// The eyes found in it, in its pixels; empty where the recipe's features do without.
        public var eyes: [Rect]
        public var sha256: String
        public var hash: DifferenceHash
        /// The manifest's record of the photo, where the crop came from one.
        public var record: PhotoRecord?
    }

    public struct Skipped: Sendable, Codable {
        public var path: String
        public var reason: String
    }

    public let folder: URL
    /// In byte order; each has a row.
    public let labels: [String]
    /// In byte order of their paths.
    public let rows: [Row]
    /// Each row's features, as the recipe measures them.
    public let features: [[Float]]
    /// Each row's place in `labels`.
    public let classes: [Int]
    /// Each row's near-duplicate group, numbered by first member.
    public let groups: [Int]
    /// Files that are no readable picture.
    public let skipped: [Skipped]

    /// Reads every crop and measures it.
    /// - Throws: `RecognitionError` where the folder is missing, its manifest damaged, or it holds no crop.
    public init(
        folder: URL, recipe: Recipe, limits: ImageLimits = .standard, threads: Int, cancellation: Cancellation = Cancellation(),
        progress: @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) throws {
        let set = try PhotoSet(root: folder)
        let extractor = try FeatureExtractor(settings: recipe.features)
        let finder = extractor.usesEyes ? try FaceFinder(recipe: recipe) : nil
        let origins = CropOrigins(try Manifest(folder: folder))
        let done = Mutex(0)
        let read = try parallelMap(count: set.entries.count, threads: threads) { index -> Reading in
            try cancellation.check()
            defer {
                let count = done.withLock { count in
                    count += 1
                    return count
                }
                progress(count, set.entries.count)
            }
            let entry = set.entries[index]
            let bytes = try FileBytes.read(set.url(of: entry))
            do {
                let crop = try ImageFile.decode(bytes, limits: limits)
                let eyes = finder?.eyes(in: crop.grayscale()) ?? []
                let row = Row(
                    label: entry.label, path: entry.path, crop: crop, eyes: eyes, sha256: FileBytes.sha256(bytes),
                    hash: DifferenceHash(of: crop), record: origins.record(of: entry))
                return .crop(row, try extractor.vector(of: crop, eyes: eyes))
            } catch let error as ImagingError {
                return .foreign(Skipped(path: entry.path, reason: "\(error)"))
            }
        }
        let kept = read.compactMap { if case .crop(let row, let features) = $0 { (row, features) } else { nil } }
        guard !kept.isEmpty else {
            throw RecognitionError.unusableTrainingSet(path: folder.path, reason: "no crop in it; run clean first")
        }
        let rows = kept.map(\.0)
        let labels = Set(rows.map(\.label)).sorted(by: precedesInByteOrder)
        let classes = Dictionary(uniqueKeysWithValues: labels.enumerated().map { ($1, $0) })
        self.folder = folder
        self.rows = rows
        self.labels = labels
        self.classes = rows.map { classes[$0.label]! }
        features = kept.map(\.1)
        groups = NearDuplicates.groups(of: rows.map { NearDuplicates.Hashes(photo: $0.record?.hash, crop: $0.hash) })
        skipped = read.compactMap { if case .foreign(let file) = $0 { file } else { nil } }
    }

    /// Rows per label, in the order of `labels`.
    public var counts: [Int] {
        var counts = Array(repeating: 0, count: labels.count)
        for label in classes { counts[label] += 1 }
        return counts
    }

    /// The mirror images of all rows as extra rows to learn from, measured anew; nil where the recipe's features do without.
    func mirrors(_ extractor: FeatureExtractor, threads: Int, cancellation: Cancellation) throws -> Augmentation? {
        guard extractor.settings.learnsFromMirrors else { return nil }
        let mirrored = try parallelMap(count: rows.count, threads: threads) { index in
            try cancellation.check()
            return try extractor.mirroredVector(of: rows[index].crop, eyes: rows[index].eyes)
        }
        return try Augmentation(rows: try Matrix(mirrored.compactMap(\.self)), sources: Array(rows.indices))
    }

    /// SHA-256 over every row's label, file name and content: equal exactly where the same crops lie under the same labels.
    public var dataHash: String {
        FileBytes.sha256(rows.flatMap { Array("\($0.path)\u{0}\($0.sha256)\n".utf8) })
    }

    private enum Reading {
        case crop(Row, [Float])
        case foreign(Skipped)
    }
}

/// Which photo a crop was cut from, also where a person moved the crop to another label.
private struct CropOrigins {
    private var byPath: [String: PhotoRecord] = [:]
    private var byName: [String: [PhotoRecord]] = [:]

    init(_ manifest: Manifest) {
        for record in manifest.ordered {
            for crop in record.crops {
                byPath[crop.file] = record
                byName[String(crop.file.drop { $0 != "/" }.dropFirst()), default: []].append(record)
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
