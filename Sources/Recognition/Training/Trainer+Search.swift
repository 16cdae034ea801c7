import Foundation
import Learn
import Support

extension Trainer {
    /// Trains on all features: every candidate of the grid on every fold.
    func trainWhole(
        _ set: TrainingSet, folds cropsSplit: [Fold], apart cropsApart: [Fold], cancellation: Cancellation,
        progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void
    ) throws -> TrainedParts {
        let lesson = try Lesson(set, folds: [cropsApart, cropsSplit], threads: settings.threads, cancellation: cancellation)
        let (rows, labels, mirrors) = (lesson.rows, lesson.labels, lesson.augmentation)
        let (grouped, folds) = (lesson.folds(cropsApart), lesson.folds(cropsSplit))
        let all = try search(cancellation: cancellation, progress: progress).run(
            candidates: grid(for: set), rows: rows, labels: labels, folds: folds, augmentation: mirrors)
        let result = try lesson.onCrops(all, folds)
        // On the same folds the best candidate would only get the same scores again.
        let confirmation = GridSearch(
            threads: settings.threads, memoryMegabytes: settings.memoryMegabytes, isCancelled: { cancellation.isRequested })
        let (apart, best) =
            folds == grouped
            ? (all, result.bestIndex)
            : (
                try confirmation.run(
                    candidates: [result.best.candidate], rows: rows, labels: labels, folds: grouped, augmentation: mirrors), 0
            )
        let classifier = try CalibratedClassifier.refit(
            apart, candidate: best, rows: rows, labels: labels, augmentation: mirrors, threads: settings.threads)
        let unknown = try strangerLimit(set).map { limit in
            try UnknownThreshold.leavingClassesOut(
                apart, candidate: best, rows: rows, labels: labels, folds: grouped, groups: lesson.groups, augmentation: mirrors,
                background: lesson.background, confidence: .lead, limit: limit, threads: settings.threads,
                isCancelled: { cancellation.isRequested })
        }
        return TrainedParts(
            search: result, judged: try lesson.onCrops(apart, grouped), best: best, classifier: classifier, unknown: unknown,
            bystanders: lesson.bystanders)
    }

    /// Does one share of the search that `train` does, as a task of a job array, and writes what it found out into `result`, whole. A killed
    /// share goes on from the settings' journal, which is removed at the end.
    /// - Throws: as `train`; `RecognitionError.unusableTrainingSet` for crops so many that only `reduced` is kept of them: their search is no
    ///   work to be shared.
    func search(
        _ whole: TrainingSet, shard: Shard, into result: URL, cancellation: Cancellation,
        progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void
    ) throws {
        try settings.check()
        guard whole.reduced == nil else {
            throw RecognitionError.unusableTrainingSet(
                path: whole.folder.path,
                reason: """
                    so many crops are searched by their products with landmarks, which takes no array; train without shards, or name a --grid
                    """)
        }
        let splits = try Splits(of: whole, settings: settings)
        let lesson = try Lesson(
            splits.set, folds: [splits.apart, splits.folds], threads: settings.threads, cancellation: cancellation)
        do {
            try search(cancellation: cancellation, progress: progress).run(
                shard: shard, into: SearchJournal(path: result.path), candidates: grid(for: splits.set), rows: lesson.rows,
                labels: lesson.labels, folds: lesson.folds(splits.folds), augmentation: lesson.augmentation)
            if let journal = settings.journal { try AtomicFile.remove(journal) }
        } catch LearnError.cancelled {
            throw RecognitionError.cancelled
        }
    }

    private func grid(for set: TrainingSet) -> [Candidate] {
        (settings.grid ?? set.recipe.grid).candidates(blockLengths: set.extractor.blockLengths, seed: settings.seed)
    }

    private func search(
        cancellation: Cancellation, progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void
    ) -> GridSearch {
        GridSearch(
            threads: settings.threads, memoryMegabytes: settings.memoryMegabytes,
            journal: settings.journal.map { SearchJournal(path: $0.path) }, shares: settings.shares.map { SearchJournal(path: $0.path) },
            progress: { progress($0.done, $0.total) }, isCancelled: { cancellation.isRequested })
    }
}
