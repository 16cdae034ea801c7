import Learn
import Support

/// What either way of training finds.
struct TrainedParts {
    /// All candidates on the folds that choose.
    var search: SearchResult
    /// The chosen one, with others or alone, on folds that keep near-duplicates together; of crops of labels only.
    var judged: SearchResult
    /// Its place in `judged`.
    var best: Int
    var classifier: CalibratedClassifier
    var unknown: UnknownThreshold?
    /// How many bystanders were learned from.
    var bystanders: Int
}

extension Trainer {
    /// Discriminant analyses that are drawn more and more towards equal spread in all directions: what suits few crops a person and many.
    static let manyCropsCandidates = [0.01, 0.03, 0.1, 0.3, 1].map { SubspaceDiscriminantParameters(shrinkage: $0) }

    /// Trains on crops of which only products with landmarks were kept. Bystanders take no part: each other person stands for them.
    func trainReduced(
        _ reduced: ReducedRows, of set: TrainingSet, folds: [Fold], apart: [Fold], cancellation: Cancellation,
        progress: @escaping (_ done: Int, _ total: Int) -> Void
    ) throws -> TrainedParts {
        let search = try SubspaceSearch(
            space: reduced.space, samples: reduced.samples, steps: [.blockNormaliser(reduced.normaliser)],
            preprocessing: [.blockNormalise(lengths: set.extractor.blockLengths)], threads: settings.threads)
        let found = try search.run(
            Self.manyCropsCandidates, folds: folds, progress: progress, isCancelled: { cancellation.isRequested })
        let result = found.withoutScores()
        let judged =
            folds == apart
            ? found
            : try search.run([try SubspaceSearch.parameters(of: result.best)], folds: apart, isCancelled: { cancellation.isRequested })
        let classifier = try search.refit(judged)
        let unknown = try strangerLimit(set).map { limit in
            try search.unknownThreshold(
                judged, calibration: classifier.calibration, folds: apart, groups: set.groups, confidence: .lead, limit: limit,
                isCancelled: { cancellation.isRequested })
        }
        return TrainedParts(
            search: result, judged: judged, best: judged.bestIndex, classifier: classifier, unknown: unknown, bystanders: 0)
    }
}
