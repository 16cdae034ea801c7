import Foundation
import Imaging
import Learn
import Support
import Synchronization
import SystemPackage

/// The crops of a folder `faces/<label>/*` as rows of features, with their labels and near-duplicate groups.
///
/// The folder is the truth: what a person deleted is gone, what was moved to another label has that label. The manifest adds
/// the hash of the photo that a crop came from, so that two crops of one photo never stand on both sides of a split.
public struct TrainingSet: Sendable {
    /// One crop.
    public struct Row: Sendable {
        /// Who it is: the name of the folder it lies in.
        public var label: String
        /// "label/file" inside the folder.
        public var path: RelativePath
        /// The eyes found in it, in its pixels; empty where the recipe's features do without.
        public var eyes: [Rect]
        /// Of the file's bytes.
        public var sha256: String
        /// Of its pixels.
        public var hash: DifferenceHash
        /// The manifest's record of the photo, where the crop came from one.
        public var record: PhotoRecord?
    }

    /// A file that was passed over.
    public struct Skipped: Sendable, Codable {
        /// "label/file" inside the folder; the label alone for one that could not be listed.
        public var path: RelativePath
        /// Why, in words.
        public var reason: String
    }

    /// The folder of crops.
    public let folder: URL
    /// The recipe that measured the rows; a model trained on them carries it.
    public let recipe: Recipe
    /// In byte order; each has a row.
    public private(set) var labels: [String]
    /// In byte order of their paths.
    public private(set) var rows: [Row]
    /// Each row's features, as the recipe measures them; none where there are so many crops that only `reduced` is kept of them.
    public private(set) var features: [[Float]]
    /// What is kept of crops that are too many.
    package private(set) var reduced: ReducedRows?
    /// Each row's pixels; none of crops that are too many, which are read again where they are needed.
    private var pictures: [Image]
    /// Each row's place in `labels`.
    public private(set) var classes: [Int]
    /// Each row's near-duplicate group, numbered by first member.
    public private(set) var groups: [Int]
    /// Files that are no readable picture, and label folders that cannot be listed.
    public let skipped: [Skipped]
    /// Label folders without a readable crop: nobody by that name is learned.
    public let emptyLabels: [String]
    /// Whether the folder has a manifest; one that has none was not written by cleaning.
    public let hasManifest: Bool
    /// Of each crop's pixels.
    private let limits: ImageLimits
    /// What measured the rows.
    let extractor: FeatureExtractor
    /// SHA-256 of each of the recipe's cascade files by its name.
    let cascades: [String: String]

    /// Reads every crop and measures it, on the calling thread and `threads - 1` others.
    /// - Parameters:
    ///   - wholeRows: of more rows, mirror images included, only products with landmarks are kept; nil keeps all features.
    ///   - memoryMegabytes: bounds what training will keep of so many crops.
    ///   - folds: in how many parts the crops will be judged.
    ///   - repeats: how often each crop will be.
    /// - Throws: `RecognitionError` where the folder is missing, its manifest damaged, or it holds no crop.
    package init(
        folder: URL, recipe: Recipe, limits: ImageLimits = .standard, wholeRows: Int? = nil,
        memoryMegabytes: Int = Trainer.Settings.standardMemory, folds: Int = 5, repeats: Int = 1, threads: Int = availableCores,
        cancellation: Cancellation = Cancellation(),
        progress: @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) throws {
        let set = try PhotoSet(root: folder)
        let extractor = try FeatureExtractor(settings: recipe.features)
        let finder = extractor.usesEyes ? try FaceFinder(recipe: recipe) : nil
        let manifest = try Manifest(folder: folder)
        let reader = CropReader(set: set, limits: limits, extractor: extractor, finder: finder, origins: CropOrigins(manifest))
        let counted = Mutex(0)
        @Sendable func done() throws {
            try cancellation.check()
            let count = counted.withLock { count in
                count += 1
                return count
            }
            progress(count, set.entries.count)
        }
        let expected = set.entries.count * (extractor.settings.learnsFromMirrors ? 2 : 1)
        let foreign: [Skipped]
        if let wholeRows, expected > wholeRows {
            let needs = ReducedRows.Needs(
                crops: set.entries.count, rowsPerCrop: expected / set.entries.count, labels: set.labels.count,
                features: extractor.count, folds: folds, repeats: repeats)
            let landmarks = ReducedRows.landmarks(for: needs, memoryMegabytes: memoryMegabytes)
            (rows, foreign, reduced) = try ReducedReading(reader: reader, landmarks: landmarks, threads: threads).read(done: done)
            (features, pictures) = ([], [])
        } else {
            let read = try Parallel.map(set.entries.count, threads: threads) { index in
                let reading = try reader.read(index, withMirror: false)
                try done()
                return reading
            }
            let kept = read.compactMap { if case .crop(let crop) = $0 { crop } else { nil } }
            foreign = read.compactMap { if case .foreign(let file) = $0 { file } else { nil } }
            rows = kept.map(\.row)
            (features, pictures) = (kept.map(\.features), kept.map(\.picture))
        }
        guard !rows.isEmpty else {
            throw RecognitionError.unusableTrainingSet(path: folder.path, reason: "no crop in it; run clean first")
        }
        // By their bytes: names that look the same are two people's all the same.
        let labels = Set(rows.map { Array($0.label.utf8) }).sorted { $0.lexicographicallyPrecedes($1) }
        let places = Dictionary(labels.enumerated().map { ($1, $0) }) { first, _ in first }
        self.folder = folder
        self.recipe = recipe
        self.limits = limits
        self.extractor = extractor
        cascades = try finder?.cascadeDigests ?? recipe.cascadeDigests()
        self.labels = labels.map { String(decoding: $0, as: UTF8.self) }
        classes = rows.compactMap { places[Array($0.label.utf8)] }
        reduced?.samples.labels = classes
        groups = NearDuplicates.groups(of: Self.hashes(of: rows, classes), threads: threads)
        skipped = set.unlisted.map { Skipped(path: $0.path, reason: $0.reason) } + foreign
        emptyLabels = set.labels.filter { places[Array($0.utf8)] == nil }
        hasManifest = !manifest.records.isEmpty
    }

    /// What the crops are compared by.
    static func hashes(of rows: [Row], _ classes: [Int]) -> [NearDuplicates.Hashes] {
        zip(rows, classes).map { NearDuplicates.Hashes(label: $1, photo: $0.record?.hash, crop: $0.hash) }
    }

    /// Reads every crop of `folder` and measures it as `recipe` says, off the caller's thread; cancelling the task ends it.
    /// - Parameters:
    ///   - folder: crops as `Cleaner` writes them, `folder/<label>/<name>`.
    ///   - recipe: how they are measured.
    ///   - limits: of each crop.
    ///   - threads: threads working at once.
    ///   - progress: called after each crop, from any thread.
    /// - Throws: `RecognitionError` where the folder is missing, its manifest damaged, or it holds no crop, `.cancelled` included;
    ///   `CascadeError` where the recipe's cascades cannot be loaded.
    public init(
        folder: URL, recipe: Recipe = .best, limits: ImageLimits = .standard, threads: Int = availableCores,
        progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) async throws {
        self = try await offCooperativePool { cancellation in
            try TrainingSet(
                folder: folder, recipe: recipe, limits: limits, threads: threads, cancellation: cancellation, progress: progress)
        }
    }

    /// Rows per label, in the order of `labels`.
    public var counts: [Int] {
        var counts = Array(repeating: 0, count: labels.count)
        for label in classes { counts[label] += 1 }
        return counts
    }

    /// The set without the labels that have fewer than two different pictures, whose names could not be tested; and what should be known of
    /// small labels, a sentence each.
    /// - Parameter folds: how many parts the crops are to be split into.
    func learnable(folds: Int) -> (set: TrainingSet, notices: [String]) {
        var pictures = [Set<Int>](repeating: [], count: labels.count)
        for (label, group) in zip(classes, groups) { pictures[label].insert(group) }
        var notices: [String] = []
        for (label, pictures) in zip(labels, pictures) {
            if pictures.count < 2 {
                notices.append("\(label): only one picture, or several of the same, so nobody by that name is learned; add photos")
            } else if pictures.count < folds {
                notices.append("\(label): \(pictures.count) different pictures, so it is tested in \(pictures.count) of \(folds) parts")
            }
        }
        let kept = labels.indices.filter { pictures[$0].count >= 2 }
        guard kept.count < labels.count else { return (self, notices) }
        let places = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($0.element, $0.offset) })
        let chosen = rows.indices.filter { places[classes[$0]] != nil }
        var set = self
        set.labels = kept.map { labels[$0] }
        set.rows = chosen.map { rows[$0] }
        if !features.isEmpty { set.features = chosen.map { features[$0] } }
        if !self.pictures.isEmpty { set.pictures = chosen.map { self.pictures[$0] } }
        set.classes = chosen.compactMap { places[classes[$0]] }
        if let samples = reduced?.samples { set.reduced?.samples = samples.selecting(rows: chosen, labels: set.classes) }
        set.groups = chosen.map { groups[$0] }
        return (set, notices)
    }

    /// - Throws: `RecognitionError.recipeDiffers` where another recipe measured the rows.
    func require(_ recipe: Recipe) throws(RecognitionError) {
        guard self.recipe == recipe else {
            throw .recipeDiffers(path: folder.path, expected: recipe.name, found: self.recipe.name)
        }
    }

    /// The mirror images of all rows as extra rows to learn from, measured anew; nil where the recipe's features do without.
    func mirrors(threads: Int, cancellation: Cancellation) throws -> Augmentation? {
        guard extractor.settings.learnsFromMirrors else { return nil }
        let mirrored = try Parallel.map(rows.count, threads: threads) { index in
            try cancellation.check()
            return try extractor.mirroredVector(of: try picture(of: index), eyes: rows[index].eyes)
        }
        return try Augmentation(rows: try Matrix(mirrored.compactMap(\.self)), sources: Array(rows.indices))
    }

    /// A row's pixels; read again where they are not kept.
    /// - Throws: what reading and decoding throw, where the file has changed since.
    func picture(of row: Int) throws -> Image {
        if !pictures.isEmpty { return pictures[row] }
        let path = rows[row].path.path(in: FilePath(folder.path))
        return try ImageFile.decode(try FileBytes.readPhoto(path), limits: limits)
    }

    /// SHA-256 over every row's label, file name and content: equal exactly where the same crops lie under the same labels.
    public var dataHash: String {
        FileBytes.sha256(rows.flatMap { $0.path.bytes + Array("\u{0}\($0.sha256)\n".utf8) })
    }
}
