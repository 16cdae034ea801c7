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

    /// How many landmarks fit: products of all rows may take a quarter of the memory.
    package static func landmarks(rows: Int, memoryMegabytes: Int) -> Int {
        let room = memoryMegabytes * 1_048_576 / 4 / max(1, rows * 4)
        return min(standardLandmarks, max(leastLandmarks, room))
    }
}

/// Reads crops of which only products with landmarks are kept.
struct ReducedReading: Sendable {
    let reader: CropReader
    let landmarks: Int
    let threads: Int

    /// Crops that one thread measures before their products are formed.
    private static let batch = 16

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
        let first = try Parallel.map(sample.count, threads: threads) { place in
            let reading = try reader.read(sample[place], withMirror: true)
            try done()
            return reading
        }
        var outcomes = [Reduced?](repeating: nil, count: total)
        var measured: [(entry: Int, crop: MeasuredCrop)] = []
        for (entry, reading) in zip(sample, first) {
            switch reading {
            case .crop(let crop): measured.append((entry, crop))
            case .foreign(let file): outcomes[entry] = .foreign(file)
            }
        }
        let raw = try Matrix(measured.flatMap { [$0.crop.features] + ($0.crop.mirrored.map { [$0] } ?? []) })
        guard raw.rows > 0 else { return ([], outcomes.compactMap(\.self).compactMap(\.skipped), nil) }
        let normaliser = try BlockNormaliser(fitting: raw, lengths: reader.extractor.blockLengths)
        let space = LandmarkRows(try normaliser.transform(raw), threads: threads)
        for (place, (entry, crop)) in measured.enumerated() {
            func products(_ landmark: Int) -> [Float] { space.gram.row(landmark).map { Float($0) } }
            outcomes[entry] = .crop(
                Products(
                    row: crop.row, own: products(place * perCrop), mirrored: perCrop == 2 ? products(place * perCrop + 1) : nil))
        }
        let sampled = Set(sample)
        let rest = (0..<total).filter { !sampled.contains($0) }
        let batches = stride(from: 0, to: rest.count, by: Self.batch).map { rest[$0..<min($0 + Self.batch, rest.count)] }
        let read = try Parallel.map(batches.count, threads: threads) { index in
            try reduce(batches[index], normaliser: normaliser, space: space, done: done)
        }
        for (entries, reduced) in zip(batches, read) { for (entry, one) in zip(entries, reduced) { outcomes[entry] = one } }
        return collected(outcomes.compactMap(\.self), landmarksOf: measured.map(\.entry), perCrop: perCrop, normaliser, space)
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

    private func collected(
        _ outcomes: [Reduced], landmarksOf entries: [Int], perCrop: Int, _ normaliser: BlockNormaliser, _ space: LandmarkRows
    ) -> (rows: [TrainingSet.Row], foreign: [TrainingSet.Skipped], reduced: ReducedRows?) {
        var rows: [TrainingSet.Row] = []
        var (own, mirrored): ([Float], [Float]) = ([], [])
        own.reserveCapacity(outcomes.count * space.count)
        mirrored.reserveCapacity(perCrop == 2 ? outcomes.count * space.count : 0)
        var rowOfEntry = [Int?](repeating: nil, count: outcomes.count)
        for (entry, outcome) in outcomes.enumerated() {
            guard case .crop(let products) = outcome else { continue }
            rowOfEntry[entry] = rows.count
            rows.append(products.row)
            own.append(contentsOf: products.own)
            if let mirror = products.mirrored { mirrored.append(contentsOf: mirror) }
        }
        let extras = Matrix(rows: mirrored.count / space.count, columns: space.count, values: mirrored)
        let samples = SubspaceSearch.Samples(
            products: Matrix(rows: rows.count, columns: space.count, values: own), labels: [], extras: extras,
            sources: extras.rows == 0 ? [] : Array(rows.indices),
            places: entries.flatMap { [Int?](repeating: rowOfEntry[$0], count: perCrop) })
        return (rows, outcomes.compactMap(\.skipped), ReducedRows(normaliser: normaliser, space: space, samples: samples))
    }
}

extension ReducedReading.Reduced {
    fileprivate var skipped: TrainingSet.Skipped? {
        if case .foreign(let file) = self { file } else { nil }
    }
}
