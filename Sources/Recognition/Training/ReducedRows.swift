import Learn
import Support

/// Crops that are too many for their features to be kept: of every crop and its mirror image only the inner products with landmarks, which
/// are evenly spread crops and their mirror images.
package struct ReducedRows: Sendable {
    /// Gives each kind of measurement its weight; learned from the landmarks.
    package let normaliser: BlockNormaliser
    /// The landmarks, normalised.
    package let space: LandmarkRows
    /// Products of all crops, and of their mirror images as extra rows.
    package var samples: SubspaceSearch.Samples

    /// Below so many rows, mirror images included, training sees all features and every pair of rows: see docs/scale.md.
    package static let wholeRows = 3000
    /// So many landmarks tell hundreds of people apart.
    package static let standardLandmarks = 1024
    /// The fewest landmarks that a bound on memory leaves.
    package static let leastLandmarks = 128

    /// What a training keeps of its crops at the same time, in bytes.
    package struct Needs {
        /// How many crops.
        package var crops: Int
        /// Rows of products a crop: two where mirror images are learned from.
        package var rowsPerCrop: Int
        /// Labels, whose scores are kept.
        package var labels: Int
        /// Numbers that are measured on a crop.
        package var features: Int
        /// In how many parts the crops are judged, and how often each crop is.
        package var folds: Int
        package var repeats: Int

        /// See the properties.
        package init(crops: Int, rowsPerCrop: Int, labels: Int, features: Int, folds: Int, repeats: Int) {
            self.crops = crops
            self.rowsPerCrop = rowsPerCrop
            self.labels = labels
            self.features = features
            self.folds = folds
            self.repeats = repeats
        }

        /// The program itself, and the crops that are being measured.
        private static let fixed = 128 << 20
        /// Path, hashes and record of a crop, and its photo's line of the manifest.
        private static let crop = 2048

        /// Crops of the part that is being judged: their products and scores are held twice.
        private var judged: Int { (crops + folds - 1) / folds }

        /// Of all but landmarks, products and the model.
        private var other: Int {
            Self.fixed + crops * Self.crop + (crops * repeats + judged) * labels * MemoryLayout<Double>.size
        }

        /// A model's directions, in double and single precision, then in single precision, as tensors and as the file's bytes.
        private func model(landmarks count: Int) -> Int {
            16 * min(labels, SubspaceDiscriminantParameters().directions, count) * features
        }

        /// Of the landmarks while they are made: as they were measured, as a matrix, and normalised.
        package func whileMakingLandmarks(_ count: Int) -> Int { Self.fixed + 3 * count * features * MemoryLayout<Float>.size }

        /// Of everything once all crops are measured.
        package func whileSearching(landmarks count: Int) -> Int {
            other + model(landmarks: count) + count * (features + crops * rowsPerCrop + judged) * MemoryLayout<Float>.size
        }
    }

    /// As many landmarks as a bound on memory leaves room for, within the least and the standard number.
    package static func landmarks(for needs: Needs, memoryMegabytes: Int) -> Int {
        let bound = memoryMegabytes << 20
        func fits(_ count: Int) -> Bool {
            needs.whileMakingLandmarks(count) <= bound && needs.whileSearching(landmarks: count) <= bound
        }
        return (leastLandmarks...standardLandmarks).last(where: fits) ?? leastLandmarks
    }
}

/// Reads crops of which only products with landmarks are kept.
struct ReducedReading: Sendable {
    let reader: CropReader
    let landmarks: Int
    let threads: Int

    /// Crops that one thread measures before their products are formed.
    private static let batch = 16

    /// Batches a thread before their products are taken over: what is held twice.
    private static let batchesAtOnce = 64

    /// A crop's products, its own and its mirror image's.
    fileprivate struct Products: Sendable {
        var row: TrainingSet.Row
        var own: [Float]
        var mirrored: [Float]?
    }

    fileprivate enum Reduced: Sendable {
        case crop(Products)
        case foreign(TrainingSet.Skipped)
    }

    /// - Parameter done: called after each crop, from any thread.
    /// - Returns: rows in the entries' order and what was passed over; no reduced rows where no crop can be read. Labels are left empty.
    /// - Throws: what the reader, `done` and Learn throw.
    func read(
        done: @Sendable () throws -> Void
    ) throws -> (rows: [TrainingSet.Row], foreign: [TrainingSet.Skipped], reduced: ReducedRows?) {
        let total = reader.set.entries.count
        let perCrop = reader.extractor.settings.learnsFromMirrors ? 2 : 1
        let sample = LandmarkRows.spread(landmarks / perCrop, over: total)
        var sampled: [Int: Reduced] = [:]
        guard let (normaliser, space) = try measureLandmarks(sample, perCrop: perCrop, outcomes: &sampled, done: done) else {
            return ([], sample.compactMap { sampled[$0]?.skipped }, nil)
        }
        var table = ProductTable(crops: total, landmarks: space.count, perCrop: perCrop)
        let atOnce = Self.batch * Self.batchesAtOnce * threads
        for start in stride(from: 0, to: total, by: atOnce) {
            let entries = start..<min(start + atOnce, total)
            let rest = entries.filter { sampled[$0] == nil }
            let batches = stride(from: 0, to: rest.count, by: Self.batch).map { rest[$0..<min($0 + Self.batch, rest.count)] }
            let read = try Parallel.map(batches.count, threads: threads) { index in
                try reduce(batches[index], normaliser: normaliser, space: space, done: done)
            }
            var others = read.joined().makeIterator()
            for entry in entries {
                if let outcome = sampled[entry] ?? others.next() { table.add(outcome, isLandmark: sampled[entry] != nil) }
            }
        }
        return (table.rows, table.foreign, ReducedRows(normaliser: normaliser, space: space, samples: table.samples()))
    }

    /// - Parameter outcomes: receives what became of each of the entries.
    /// - Returns: nil where none of them can be read.
    private func measureLandmarks(
        _ entries: [Int], perCrop: Int, outcomes: inout [Int: Reduced], done: @Sendable () throws -> Void
    ) throws -> (BlockNormaliser, LandmarkRows)? {
        let readings = try Parallel.map(entries.count, threads: threads) { place in
            let reading = try reader.read(entries[place], withMirror: true)
            try done()
            return reading
        }
        var measured: [(entry: Int, row: TrainingSet.Row)] = []
        var features: [[Float]] = []
        for (entry, reading) in zip(entries, readings) {
            switch reading {
            case .crop(let crop):
                measured.append((entry, crop.row))
                features.append(crop.features)
                if let mirrored = crop.mirrored { features.append(mirrored) }
            case .foreign(let file): outcomes[entry] = .foreign(file)
            }
        }
        guard !features.isEmpty else { return nil }
        let raw = try Matrix(features)
        let normaliser = try BlockNormaliser(fitting: raw, lengths: reader.extractor.blockLengths)
        let space = LandmarkRows(try normaliser.transform(raw), threads: threads)
        for (place, (entry, row)) in measured.enumerated() {
            func products(_ landmark: Int) -> [Float] { space.gram.row(landmark).map { Float($0) } }
            outcomes[entry] = .crop(
                Products(row: row, own: products(place * perCrop), mirrored: perCrop == 2 ? products(place * perCrop + 1) : nil))
        }
        return (normaliser, space)
    }

    private func reduce(
        _ entries: ArraySlice<Int>, normaliser: BlockNormaliser, space: LandmarkRows, done: () throws -> Void
    ) throws -> [Reduced] {
        let readings = try entries.map { entry in
            let reading = try reader.read(entry, withMirror: true)
            try done()
            return reading
        }
        let features = readings.flatMap { reading -> [[Float]] in
            guard case .crop(let crop) = reading else { return [] }
            return [crop.features] + (crop.mirrored.map { [$0] } ?? [])
        }
        let products = features.isEmpty ? nil : try space.products(of: try normaliser.transform(try Matrix(features)), threads: 1)
        var next = 0
        func take() -> [Float] {
            defer { next += 1 }
            return products.map { Array($0.row(next)) } ?? []
        }
        return readings.map { reading in
            switch reading {
            case .crop(let crop): .crop(Products(row: crop.row, own: take(), mirrored: crop.mirrored == nil ? nil : take()))
            case .foreign(let file): .foreign(file)
            }
        }
    }
}

extension ReducedReading.Reduced {
    fileprivate var skipped: TrainingSet.Skipped? {
        if case .foreign(let file) = self { file } else { nil }
    }
}

/// Products of crop after crop, in memory that is taken once.
private struct ProductTable {
    private let landmarks: Int
    private let perCrop: Int
    private(set) var rows: [TrainingSet.Row] = []
    private(set) var foreign: [TrainingSet.Skipped] = []
    private var own: [Float] = []
    private var mirrored: [Float] = []
    private var landmarkRows: [Int] = []

    init(crops: Int, landmarks: Int, perCrop: Int) {
        self.landmarks = landmarks
        self.perCrop = perCrop
        own.reserveCapacity(crops * landmarks)
        mirrored.reserveCapacity(perCrop == 2 ? crops * landmarks : 0)
    }

    mutating func add(_ outcome: ReducedReading.Reduced, isLandmark: Bool) {
        switch outcome {
        case .foreign(let file): foreign.append(file)
        case .crop(let products):
            if isLandmark { landmarkRows.append(rows.count) }
            rows.append(products.row)
            own.append(contentsOf: products.own)
            if let mirror = products.mirrored { mirrored.append(contentsOf: mirror) }
        }
    }

    consuming func samples() -> SubspaceSearch.Samples {
        let extras = Matrix(rows: mirrored.count / landmarks, columns: landmarks, values: mirrored)
        return SubspaceSearch.Samples(
            products: .init(
                rows: Matrix(rows: rows.count, columns: landmarks, values: own), extras: extras,
                sources: extras.rows == 0 ? [] : Array(rows.indices)),
            labels: [], places: landmarkRows.flatMap { [Int?](repeating: $0, count: perCrop) })
    }
}
