import Learn
import Support

/// What a training learns from: the crops of all labels and, behind them, the bystanders of their photos as one class more.
struct Lesson: Sendable {
    let rows: Matrix
    /// Of all rows: a label's place, or `background`.
    let labels: [Int]
    /// Mirror images of all rows, where the recipe learns from them.
    let augmentation: Augmentation?
    /// The near-duplicate group of all rows; a bystander is in that of its photo.
    let groups: [Int]
    /// The bystanders' class, after those of the labels; nil where there are too few of them.
    let background: Int?
    private let sources: [Int]
    private let crops: Int

    /// - Parameter folds: which splits are to be learned from; each needs a bystander among what it learns from, or none takes part.
    init(_ set: TrainingSet, folds: [[Fold]], threads: Int, cancellation: Cancellation) throws {
        let bystanders = try Bystanders(beside: set, threads: threads, cancellation: cancellation)
        crops = set.rows.count
        let enough = folds.joined().allSatisfy { fold in
            let trained = Set(fold.train)
            return bystanders.sources.count { trained.contains($0) } >= Self.fewest
        }
        sources = enough ? bystanders.sources : []
        background = enough ? set.labels.count : nil
        rows = try Matrix(enough ? set.features + bystanders.features : set.features)
        labels = set.classes + sources.map { _ in set.labels.count }
        groups = set.groups + sources.map { set.groups[$0] }
        let mirrors = try set.mirrors(threads: threads, cancellation: cancellation)
        augmentation = try mirrors.map { crops in
            guard enough else { return crops }
            return try Augmentation(
                rows: try Matrix((0..<crops.rows.rows).map { Array(crops.rows.row($0)) } + bystanders.mirrored),
                sources: crops.sources + bystanders.mirrored.indices.map { set.rows.count + $0 })
        }
    }

    /// A class of fewer rows says nothing of people in general.
    private static let fewest = 5

    /// How many bystanders take part.
    var bystanders: Int { sources.count }

    /// The splits of the crops, each bystander beside the crop of its photo.
    func folds(_ folds: [Fold]) -> [Fold] {
        background == nil ? folds : folds.map { $0.joined(by: sources, first: crops) }
    }

    /// What a search says of the crops alone.
    func onCrops(_ result: SearchResult, _ folds: [Fold]) throws(LearnError) -> SearchResult {
        guard let background else { return result }
        return try result.leavingOut(background: background, labels: labels, folds: folds)
    }
}
