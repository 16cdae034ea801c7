import Foundation
import Imaging
import Support
import Synchronization
import SystemPackage

/// A review under way: the crops of a folder, what was decided of each, and the pictures to decide by.
///
/// It opens on the list of files alone, in their byte order; ``rank(progress:)`` puts the most suspicious first.
public final class ReviewSession: Sendable {
    private struct State {
        var items: [Item]
        var location: [FilePath]
        var order: [Int]
        var progress: Progress
        var measured: MeasuredCrops?
        /// Each item's place among the measured crops.
        var places: [Int?]
        /// Decisions that were made together, each with its item.
        var batches: [[(decision: Int, item: Int)]] = []
    }

    let folder: FilePath
    let threads: Int
    /// "label/name" of each crop when the review began.
    private let files: [RelativePath]
    /// Each crop's photo, where that is known.
    private let records: [PhotoRecord?]
    /// Items beyond the crops, in this order.
    private let feedback: [FeedbackFace]
    private let review: CropReview
    private let state: Mutex<State>
    /// The labels that have crops at the beginning, in byte order.
    public let labels: [String]

    /// Opens the review of a folder of crops; no crop is read.
    /// - Parameters:
    ///   - faces: the folder of crops.
    ///   - feedback: faces to ask about first; those decided before are left out.
    ///   - threads: threads working at once.
    /// - Throws: as `CropReview.init`; `RecognitionError.damagedManifest`, `.unusableTrainingSet` where there is nothing to review.
    public init(faces: URL, feedback: [FeedbackFace] = [], threads: Int = availableCores) throws {
        let review = try CropReview(faces: faces)
        let folder = FilePath(faces.path)
        let set = try PhotoSet(root: faces)
        let origins = CropOrigins(try Manifest(folder: faces))
        let decided = Dictionary(review.decisions.map { ($0.to ?? $0.file, $0.action) }) { $1 }
        let considered = Set(review.decisions.filter { [.add, .dismiss].contains($0.action) }.map(\.sha256))
        let feedback = feedback.filter { !considered.contains($0.sha256) }
        guard !set.entries.isEmpty || !feedback.isEmpty else {
            throw RecognitionError.unusableTrainingSet(path: faces.path, reason: "no crop in it; run clean first")
        }
        let records = set.entries.map(origins.record)
        var items = set.entries.enumerated().map { id, entry in
            Item(
                id: id, file: entry.path, label: entry.label, state: decided[entry.path],
                photo: records[id].flatMap { Photo(of: $0, crop: $0.crop(at: entry.path)) })
        }
        items += feedback.enumerated().map { Self.item($1, id: set.entries.count + $0) }
        self.folder = folder
        // One core is left to the page: long work would else keep all threads that its answers run on.
        self.threads = max(1, threads - 1)
        files = set.entries.map(\.path)
        self.records = records
        self.feedback = feedback
        self.review = review
        labels = set.entries.map(\.label).reduce(into: []) { if $0.last.map({ Array($0.utf8) }) != Array($1.utf8) { $0.append($1) } }
        state = Mutex(
            State(
                items: items, location: set.entries.map(set.path) + feedback.map(\.path),
                order: feedback.indices.map { set.entries.count + $0 } + set.entries.indices,
                progress: Progress(total: set.entries.count), places: [Int?](repeating: nil, count: items.count)))
    }

    private static func item(_ face: FeedbackFace, id: Int) -> Item {
        let file = RelativePath(bytes: face.right.bytes + [UInt8(ascii: "/")] + face.name.bytes)
        return Item(
            id: id, file: file, label: face.right.text, suspicion: 1,
            why: [
                "sent from the page: is \(face.right), was taken for \(face.shown ?? "a stranger")", "keep takes it in, reject does not",
            ],
            other: face.shown)
    }

    /// The face that an item of feedback came as.
    private func sent(_ id: Int) -> FeedbackFace? {
        feedback.indices.contains(id - records.count) ? feedback[id - records.count] : nil
    }

    /// Of the photo that a crop was cut from; nil where that is not known.
    func record(_ id: Int) -> PhotoRecord? { records.indices.contains(id) ? records[id] : nil }

    /// All items, by their numbers.
    public var items: [Item] { state.withLock { $0.items } }

    /// Items as they stand in the queue: faces that were sent from the service's page, then crops, once they are ranked in the order of suspicion.
    public var order: [Int] { state.withLock { $0.order } }

    /// How far the ranking has come.
    public var progress: Progress { state.withLock { $0.progress } }

    /// One item.
    /// - Throws: `RecognitionError.invalidParameter` for a number that no item has.
    public func item(_ id: Int) throws -> Item {
        try state.withLock { state in
            try Self.check([id], in: state)
            return state.items[id]
        }
    }

    /// Where the picture of an item lies.
    func location(of id: Int) throws -> FilePath {
        try state.withLock { state in
            try Self.check([id], in: state)
            return state.location[id]
        }
    }

    private static func check(_ ids: [Int], in state: State) throws {
        if let wrong = ids.first(where: { !state.items.indices.contains($0) }) {
            throw RecognitionError.invalidParameter(name: "id", value: "\(wrong)", allowed: "items of this review")
        }
    }

    /// Crops of an item's label to compare it with: the least suspicious, once they are ranked.
    /// - Throws: as `item`.
    public func typical(for id: Int, count: Int = 6) throws -> [Int] {
        let label = try item(id).file.parts[0].bytes + [UInt8(ascii: "/")]
        let (items, order) = state.withLock { ($0.items, $0.order) }
        return Array(
            order.reversed().lazy.filter { [records] other in
                other != id && records.indices.contains(other) && items[other].file.bytes.starts(with: label)
                    && ![.reject, .face].contains(items[other].state)
            }.prefix(count))
    }

    // MARK: The ranking

    /// Notes that so many crops were measured.
    func note(measured done: Int, of total: Int) {
        state.withLock { $0.progress = Progress(done: max(done, $0.progress.done), total: total) }
    }

    /// Notes why there will be no ranking.
    func failed(_ reason: String) { state.withLock { $0.progress.error = reason } }

    /// The measured crops, and each item's place among them; nil until the crops are ranked.
    var measurements: (MeasuredCrops, [Int?])? { state.withLock { state in state.measured.map { ($0, state.places) } } }

    /// Takes the ranking over.
    /// - Returns: files that are no readable picture.
    func take(_ measured: MeasuredCrops, _ ranking: SuspicionRanking) -> [TrainingSet.Skipped] {
        state.withLock { state in
            // A crop that was moved meanwhile was measured at its old place or at its new one.
            var ids: [RelativePath: Int] = [:]
            for (id, file) in files.enumerated() { ids[file] = id }
            for item in state.items.prefix(files.count) where item.state != .reject { ids[item.file] = item.id }
            var order = state.order.filter { sent($0) != nil }
            for (suspect, place) in zip(ranking.crops, ranking.places) {
                guard let id = ids[suspect.file], state.places[id] == nil else { continue }
                state.places[id] = place
                state.items[id].suspicion = suspect.suspicion
                state.items[id].why = suspect.why
                state.items[id].other = suspect.other
                order.append(id)
            }
            // What somebody decided on before it was measured stays in sight, so that it can be seen to come back.
            order += records.indices.filter { state.places[$0] == nil && state.items[$0].state != nil }
            state.order = order
            state.measured = measured
            state.progress.isRanked = true
            return measured.skipped.filter { skipped in ids[skipped.path].map { state.items[$0].state == nil } ?? true }
        }
    }

    // MARK: Decisions

    /// Decides the same of several crops; those that were decided before are decided anew.
    /// - Returns: the items as they are now. Where one fails, those before it are decided, and undoing takes them back together.
    /// - Throws: as `CropReview.decide`; `RecognitionError.invalidParameter` for numbers that no item has.
    public func decide(_ ids: [Int], _ choice: ReviewChoice) throws -> [Item] {
        try state.withLock { try Self.check(ids, in: $0) }
        var batch: [(decision: Int, item: Int)] = []
        defer {
            let batch = batch
            if !batch.isEmpty { state.withLock { $0.batches.append(batch) } }
        }
        for id in ids {
            // One at a time: pictures are asked for meanwhile.
            let decision = try state.withLock { state -> ReviewDecision? in
                guard ![.reject, .dismiss].contains(state.items[id].state) else { return nil }
                let decision =
                    if let face = sent(id), state.items[id].state == nil { try decide(choice, on: face, state.items[id].file) } else {
                        try review.decide(choice, on: state.items[id].file, from: record(id))
                    }
                apply(decision, to: id, in: &state)
                return decision
            }
            if let decision { batch.append((decision.id, id)) }
        }
        return state.withLock { state in ids.map { state.items[$0] } }
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
            guard let batch = state.batches.last else {
                guard let decision = try review.undo() else { return ([], nil) }
                // What a former review put aside is no item of this one, all else is.
                guard ![.reject, .add, .dismiss].contains(decision.action),
                    let id = state.items.firstIndex(where: { $0.file == decision.to ?? decision.file })
                else { return ([], decision.file) }
                takeBack(decision, of: id, in: &state)
                return ([state.items[id]], nil)
            }
            var changed: [Item] = []
            for (number, id) in batch.reversed() {
                guard let decision = try review.undo(number) else { continue }
                takeBack(decision, of: id, in: &state)
                changed.append(state.items[id])
            }
            state.batches.removeLast()
            return (changed, nil)
        }
    }

    private func takeBack(_ decision: ReviewDecision, of id: Int, in state: inout State) {
        if let face = sent(id), [.add, .dismiss].contains(decision.action) {
            state.items[id] = Self.item(face, id: id)
            state.location[id] = face.path
            return
        }
        state.items[id].file = decision.file
        state.items[id].label = decision.file.parts[0].text
        state.location[id] = decision.file.path(in: folder)
        state.items[id].state = review.decisions.last { ($0.to ?? $0.file) == decision.file }?.action
        if let record = record(id) { state.items[id].photo?.face = Photo(of: record, crop: record.crop(at: decision.file))?.face }
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
}
