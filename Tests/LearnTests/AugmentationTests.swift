import Foundation
import Learn
import TestSupport
import Testing

/// Extra rows are learned from with their source, and never tested.
@Suite struct AugmentationTests {
    private let blobs = Blobs(sizes: [14, 12, 16], columns: 20, spread: 2, seed: 40)
    private let candidates = [
        Candidate(.svm(SVMParameters(cost: 1, kernel: .rbf(gamma: .auto)))), Candidate(.logisticRegression(LogisticParameters())),
        Candidate(.randomForest(ForestParameters(trees: 11))), Candidate(.nearestNeighbours(NeighbourParameters(neighbours: 3))),
    ]

    /// Every row turned over, every third row twice.
    private var twins: Augmentation {
        get throws {
            let sources = Array(0..<42) + Array(stride(from: 0, to: 42, by: 3))
            let rows = try Matrix(sources.map { blobs.rows.row($0).reversed() })
            return try Augmentation(rows: rows, sources: sources)
        }
    }

    @Test func extraRowsFollowTheirSourceIntoTrainingAlone() throws {
        let folds = try Folds.stratified(labels: blobs.labels, count: 3)
        let twins = try twins
        let result = try GridSearch(threads: 2)
            .run(candidates: candidates, rows: blobs.rows, labels: blobs.labels, folds: folds, augmentation: twins)
        #expect(result.testedRows.sorted() == Array(0..<42))
        for (index, candidate) in candidates.enumerated() {
            var predictions: [Int] = []
            for fold in folds {
                // The slow twin: rows put together by hand, fitted without any augmentation.
                let extra = twins.sources.indices.filter { fold.train.contains(twins.sources[$0]) }
                let rows = try Matrix(fold.train.map { Array(blobs.rows.row($0)) } + extra.map { Array(twins.rows.row($0)) })
                let labels = (fold.train + extra.map { twins.sources[$0] }).map { blobs.labels[$0] }
                let pipeline = try candidate.fit(rows: rows, labels: labels, threads: 1)
                predictions += try pipeline.predict(blobs.rows.selecting(rows: fold.test), threads: 1)
            }
            #expect(result.candidates[index].predictions == predictions, "\(candidate.name)")
        }
        let plain = try GridSearch(threads: 2).run(candidates: candidates, rows: blobs.rows, labels: blobs.labels, folds: folds)
        #expect(plain != result)
    }

    @Test func rowsNamedTwiceBringTheirExtraRowsTwice() throws {
        let extra = try Augmentation(
            rows: Matrix(rows: 5, columns: 1, values: [20, 0, 21, 10, 30]), sources: [2, 0, 2, 1, 3])
        let drawn = extra.selecting(rows: [2, 0, 2, 3])
        #expect(drawn.rows.values == [20, 20, 0, 21, 21, 30])
        #expect(drawn.sources == [0, 2, 1, 0, 2, 3])
        // Training rows as bootstraps draw them; what was not drawn is tested.
        var generator = SeededGenerator(seed: 41)
        let folds = (0..<3).map { _ in
            let train = blobs.labels.indices.map { _ in generator.next(below: 42) }
            return Fold(train: train, test: blobs.labels.indices.filter { !train.contains($0) })
        }
        let twins = try twins
        let result = try GridSearch(threads: 2)
            .run(candidates: candidates, rows: blobs.rows, labels: blobs.labels, folds: folds, augmentation: twins)
        for (index, candidate) in candidates.enumerated() {
            var predictions: [Int] = []
            for fold in folds {
                var rows = fold.train.map { Array(blobs.rows.row($0)) }
                var labels = fold.train.map { blobs.labels[$0] }
                for (place, source) in twins.sources.enumerated() {
                    for _ in 0..<fold.train.count(where: { $0 == source }) {
                        rows.append(Array(twins.rows.row(place)))
                        labels.append(blobs.labels[source])
                    }
                }
                let pipeline = try candidate.fit(rows: Matrix(rows), labels: labels, threads: 1)
                predictions += try pipeline.predict(blobs.rows.selecting(rows: fold.test), threads: 1)
            }
            #expect(result.candidates[index].predictions == predictions, "\(candidate.name)")
        }
    }

    @Test func refitLearnsFromThem() throws {
        let folds = try Folds.stratified(labels: blobs.labels, count: 3)
        let twins = try twins
        let result = try GridSearch(threads: 1)
            .run(candidates: candidates, rows: blobs.rows, labels: blobs.labels, folds: folds, augmentation: twins)
        let served = try CalibratedClassifier.refit(
            result, candidate: 1, rows: blobs.rows, labels: blobs.labels, augmentation: twins, threads: 1)
        let all = try Matrix((0..<42).map { Array(blobs.rows.row($0)) } + (0..<56).map { Array(twins.rows.row($0)) })
        let byHand = try candidates[1].fit(
            rows: all, labels: blobs.labels + twins.sources.map { blobs.labels[$0] }, threads: 1)
        #expect(served.pipeline == byHand)
    }

    @Test func nestedAndHalvingSearchesCarryThem() throws {
        let twins = try twins
        let outer = try Folds.stratified(labels: blobs.labels, count: 3)
        let labels = blobs.labels
        let nested = try NestedSearch(
            candidates: candidates, rows: blobs.rows, labels: labels, outer: outer, augmentation: twins,
            search: GridSearch(threads: 2)
        ) { rows throws(LearnError) in try Folds.stratified(labels: rows.map { labels[$0] }, count: 2) }
        for (fold, result) in zip(outer, nested.folds) {
            let pipeline = try result.winner.fit(
                rows: blobs.rows.selecting(rows: fold.train), labels: fold.train.map { labels[$0] },
                augmentation: twins.selecting(rows: fold.train), threads: 1)
            #expect(try pipeline.predict(blobs.rows.selecting(rows: fold.test), threads: 1) == result.predictions)
        }
        let halving = try HalvingSearch(
            candidates: candidates, rows: blobs.rows, labels: labels, folds: 3, smallest: 42, seed: 1, augmentation: twins,
            search: GridSearch(threads: 2))
        let grid = try GridSearch(threads: 2)
            .run(candidates: candidates, rows: blobs.rows, labels: labels, folds: outer, augmentation: twins)
        #expect(halving.result == grid)
    }

    @Test func journalsOfOtherExtraRowsAreNotTakenOver() throws {
        let folds = try Folds.stratified(labels: blobs.labels, count: 3)
        let folder = try TemporaryFolder()
        let path = folder.url.appendingPathComponent("extra.jsonl").path
        let search = GridSearch(threads: 1, journal: SearchJournal(path: path))
        let plain = try search.run(candidates: candidates, rows: blobs.rows, labels: blobs.labels, folds: folds)
        let extended = try search.run(
            candidates: candidates, rows: blobs.rows, labels: blobs.labels, folds: folds, augmentation: twins)
        #expect(plain != extended)
    }

    @Test func wrongExtraRowsAreNamed() throws {
        let candidate = candidates[0]
        let (rows, labels) = (blobs.rows, blobs.labels)
        #expect(throws: LearnError.rowLabelMismatch(rows: 2, labels: 1)) {
            try Augmentation(rows: Matrix(rows: 2, columns: 20), sources: [0])
        }
        #expect(throws: LearnError.nonFinite(row: 0, column: 1, value: .infinity)) {
            try Augmentation(rows: Matrix(rows: 1, columns: 2, values: [0, .infinity]), sources: [0])
        }
        #expect(throws: LearnError.featureCountMismatch(expected: 20, found: 3)) {
            try candidate.fit(
                rows: rows, labels: labels, augmentation: Augmentation(rows: Matrix(rows: 1, columns: 3), sources: [0]), threads: 1)
        }
        for stray in [-1, 42] {
            let wrong = try Augmentation(rows: Matrix(rows: 1, columns: 20), sources: [stray])
            let error = LearnError.invalidParameter(name: "augmentation source", value: "\(stray)", allowed: "a row, 0..<42")
            #expect(throws: error) { try candidate.fit(rows: rows, labels: labels, augmentation: wrong, threads: 1) }
            #expect(throws: error) {
                try GridSearch(threads: 1).run(
                    candidates: [candidate], rows: rows, labels: labels, folds: Folds.stratified(labels: labels, count: 2),
                    augmentation: wrong)
            }
        }
    }
}
