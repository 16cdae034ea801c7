import Foundation
import Imaging
import Support
import Synchronization
import SystemPackage

/// A review under way: the ranked crops of a folder, what was decided of each, and the pictures to decide by.
public final class ReviewSession: Sendable {
    /// One crop as a page shows it.
    public struct Item: Sendable, Encodable {
        /// Its number in this review.
        public var id: Int
        /// "label/name" inside the folder of crops, as it is now; of one put aside, where it was.
        public var file: RelativePath
        /// The label it lies under now.
        public var label: String
        /// How suspicious it is, 0 to 1.
        public var suspicion: Double
        /// In words.
        public var why: [String]
        /// The most probable other label.
        public var other: String?
        /// What was decided; absent where nothing was.
        public var state: ReviewDecision.Action?
        /// Its photo, where that is known.
        public var photo: Photo?
    }

    /// The photo of a crop.
    public struct Photo: Sendable, Encodable {
        /// "label/name" inside the folder of photos.
        public var path: RelativePath
        /// In pixels.
        public var width: Int
        /// In pixels.
        public var height: Int
        /// All faces found in it.
        public var faces: [FoundFace]
        /// The place of the crop's own face among them; absent where it is not one of them.
        public var face: Int?
    }

    private struct State {
        var items: [Item]
        var location: [FilePath]
        /// Decisions that were made together, each with its item.
        var batches: [[(decision: Int, item: Int)]] = []
    }

    private let measured: MeasuredCrops
    /// Items beyond the measured crops, in this order.
    private let feedback: [FeedbackFace]
    private let review: CropReview
    private let folder: FilePath
    private let threads: Int
    private let state: Mutex<State>
    /// Items as they stand in the queue: faces that were sent from the service's page, then crops in the order of suspicion.
    public let order: [Int]
    /// The labels that have crops at the beginning.
    public var labels: [String] { measured.labels }

    /// Opens the review of a measured and ranked folder.
    /// - Parameters:
    ///   - measured: the folder's crops, measured.
    ///   - ranking: the same crops by suspicion.
    ///   - feedback: faces to ask about first; those decided before are left out.
    ///   - threads: threads working at once.
    /// - Throws: as `CropReview.init`.
    public init(
        _ measured: MeasuredCrops, ranking: SuspicionRanking, feedback: [FeedbackFace] = [], threads: Int = availableCores
    ) throws {
        let review = try CropReview(faces: measured.folder)
        let folder = FilePath(measured.folder.path)
        var suspects = [SuspectCrop?](repeating: nil, count: measured.crops.count)
        for (suspect, place) in zip(ranking.crops, ranking.places) { suspects[place] = suspect }
        let decided = Dictionary(review.decisions.map { ($0.to ?? $0.file, $0.action) }) { $1 }
        let considered = Set(review.decisions.filter { [.add, .dismiss].contains($0.action) }.map(\.sha256))
        let feedback = feedback.filter { !considered.contains($0.sha256) }
        var items = measured.crops.indices.map { index in
            let crop = measured.crops[index]
            return Item(
                id: index, file: crop.file, label: crop.label, suspicion: suspects[index]?.suspicion ?? 0, why: suspects[index]?.why ?? [],
                other: suspects[index]?.other, state: decided[crop.file], photo: Self.photo(of: crop))
        }
        items += feedback.enumerated().map { Self.item($1, id: measured.crops.count + $0) }
        self.measured = measured
        self.feedback = feedback
        self.review = review
        self.folder = folder
        self.threads = threads
        order = feedback.indices.map { measured.crops.count + $0 } + ranking.places
        state = Mutex(State(items: items, location: measured.crops.map { $0.file.path(in: folder) } + feedback.map(\.path)))
    }

    private static func item(_ face: FeedbackFace, id: Int) -> Item {
        let file = RelativePath(bytes: face.right.bytes + [UInt8(ascii: "/")] + face.name.bytes)
        return Item(
            id: id, file: file, label: face.right.text, suspicion: 1,
            why: [
                "sent from the page: is \(face.right), was taken for \(face.shown ?? "nobody known")", "keep takes it in, reject does not",
            ],
            other: face.shown)
    }

    /// The face that an item of feedback came as.
    private func sent(_ id: Int) -> FeedbackFace? {
        feedback.indices.contains(id - measured.crops.count) ? feedback[id - measured.crops.count] : nil
    }

    /// Of the photo that a measured crop was cut from.
    private func record(_ id: Int) -> PhotoRecord? { measured.crops.indices.contains(id) ? measured.crops[id].record : nil }

    private static func photo(of crop: MeasuredCrops.Crop) -> Photo? {
        guard let record = crop.record, let width = record.width, let height = record.height else { return nil }
        let face = crop.origin.flatMap { origin in record.faces.firstIndex { $0.box == origin.box } }
        return Photo(path: record.path, width: width, height: height, faces: record.faces, face: face)
    }

    /// All items, by their numbers.
    public var items: [Item] { state.withLock { $0.items } }

    /// The label's least suspicious crops, to compare with.
    public func typical(of label: String, count: Int = 6) -> [Int] {
        let items = items
        return Array(
            order.reversed().lazy.filter { [self] in sent($0) == nil }.filter {
                items[$0].label == label && ![.reject, .face].contains(items[$0].state)
            }.prefix(count))
    }

    /// Decides the same of several crops; those that were decided before are decided anew.
    /// - Returns: the items as they are now. Where one fails, those before it are decided, and undoing takes them back together.
    /// - Throws: as `CropReview.decide`; `RecognitionError.invalidParameter` for numbers that no item has.
    public func decide(_ ids: [Int], _ choice: ReviewChoice) throws -> [Item] {
        try state.withLock { state in
            guard ids.allSatisfy(state.items.indices.contains) else {
                throw RecognitionError.invalidParameter(
                    name: "ids", value: "\(ids.first { !state.items.indices.contains($0) } ?? 0)", allowed: "items of this review")
            }
            var batch: [(decision: Int, item: Int)] = []
            defer { if !batch.isEmpty { state.batches.append(batch) } }
            for id in ids where ![.reject, .dismiss].contains(state.items[id].state) {
                let decision =
                    if let face = sent(id), state.items[id].state == nil { try decide(choice, on: face, state.items[id].file) } else {
                        try review.decide(choice, on: state.items[id].file, from: record(id))
                    }
                batch.append((decision.id, id))
                apply(decision, to: id, in: &state)
            }
            return ids.map { state.items[$0] }
        }
    }

    private func decide(_ choice: ReviewChoice, on face: FeedbackFace, _ file: RelativePath) throws -> ReviewDecision {
        let bytes = try FileBytes.readPhoto(face.path)
        switch choice {
        case .keep: return try review.decide(taking: true, bytes, as: file)
        case .reject: return try review.decide(taking: false, bytes, as: file)
        case .move(let label):
            return try review.decide(
                taking: true, bytes, as: RelativePath(bytes: Array(label.utf8) + [UInt8(ascii: "/")] + face.name.bytes))
        case .face(let number):
            throw RecognitionError.invalidParameter(name: "face", value: "\(number)", allowed: "none: the photo was not kept")
        }
    }

    /// Takes back what was decided last, a whole batch; beyond this review's, what former ones decided, one by one.
    /// - Returns: the items that changed, and the file of a crop that is no item of this review.
    /// - Throws: as `CropReview.undo`.
    public func undo() throws -> (items: [Item], other: RelativePath?) {
        try state.withLock { state in
            guard let batch = state.batches.last else { return ([], try review.undo()?.file) }
            var changed: [Item] = []
            for (number, id) in batch.reversed() {
                guard let decision = try review.undo(number) else { continue }
                if let face = sent(id), [.add, .dismiss].contains(decision.action) {
                    state.items[id] = Self.item(face, id: id)
                    state.location[id] = face.path
                    changed.append(state.items[id])
                    continue
                }
                state.items[id].file = decision.file
                state.items[id].label = decision.file.parts[0].text
                state.location[id] = decision.file.path(in: folder)
                state.items[id].state = review.decisions.last { ($0.to ?? $0.file) == decision.file }?.action
                if measured.crops.indices.contains(id) { state.items[id].photo?.face = Self.photo(of: measured.crops[id])?.face }
                changed.append(state.items[id])
            }
            state.batches.removeLast()
            return (changed, nil)
        }
    }

    private func apply(_ decision: ReviewDecision, to id: Int, in state: inout State) {
        state.items[id].state = decision.action
        if decision.action == .reject { state.location[id] = CropReview.asidePath(of: decision.id, in: folder) }
        if let to = decision.action == .add ? decision.file : decision.to {
            state.items[id].file = to
            state.items[id].label = to.parts[0].text
            state.location[id] = to.path(in: folder)
        }
        if let face = decision.face { state.items[id].photo?.face = face }
    }

    // MARK: Pictures

    /// The crop's file, whole.
    /// - Throws: `RecognitionError.missing` where somebody took it away.
    public func crop(_ id: Int) throws -> [UInt8] {
        let path = try state.withLock { state in
            guard state.location.indices.contains(id) else {
                throw RecognitionError.invalidParameter(name: "id", value: "\(id)", allowed: "items of this review")
            }
            return state.location[id]
        }
        return try FileBytes.readPhoto(path)
    }

    /// The crop as a JPEG of at most 128 pixels a side, made once and kept in `faces/.thumbnails`.
    /// - Throws: as `crop`; `ImagingError` where it is no picture any more.
    public func thumbnail(_ id: Int) throws -> [UInt8] {
        let bytes = try crop(id)
        let place = CropReview.thumbnailPath(of: FileBytes.sha256(bytes), in: folder)
        do {
            return try FileBytes.read(place)
        } catch .missing {
            let small = try ImageFile.encodeJPEG(try ImageFile.decode(bytes).fitted(side: 128), quality: 85)
            try AtomicFile.write(small, to: place)
            return small
        }
    }

    /// The crop's photo as a JPEG of at most 1,200 pixels a side, made off the caller's thread.
    /// - Throws: `RecognitionError.missing` where the photo is not known or gone, `.inputOutput` where it is another one now.
    public func photo(_ id: Int) async throws -> [UInt8] {
        guard measured.crops.indices.contains(id), let record = measured.crops[id].record else {
            throw RecognitionError.missing(path: "\(id)", what: "photo known of this crop")
        }
        let path = record.source.path(in: folder)
        return try await offCooperativePool { _ in
            let bytes = try FileBytes.readPhoto(path)
            guard FileBytes.sha256(bytes) == record.sha256 else {
                throw RecognitionError.inputOutput(
                    path: path.string, reason: "is another photo than the one that was cleaned; run clean again")
            }
            return try ImageFile.encodeJPEG(try ImageFile.decode(bytes).fitted(side: 1200), quality: 85)
        }
    }

    // MARK: What it is worth

    /// The share of crops that a linear model, which has not seen them, gives the label they have now: crops put aside and those whose face
    /// was changed left out. NaN with a single label.
    /// - Throws: `LearnError` as the fit throws.
    public func accuracy() async throws -> Double {
        let items = items
        let kept = measured.crops.indices.filter { ![.reject, .face].contains(items[$0].state) }
        let names = Set(kept.map { Array(items[$0].label.utf8) }).sorted { $0.lexicographicallyPrecedes($1) }
        let places = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
        let classes = kept.compactMap { places[Array(items[$0].label.utf8)] }
        let (measured, threads) = (measured, threads)
        return try await offCooperativePool { _ in
            try LabelProbabilities(
                rows: measured.rows.selecting(rows: kept), classes: classes, labels: names.count, groups: kept.map { measured.groups[$0] },
                threads: threads
            ).accuracy
        }
    }
}
