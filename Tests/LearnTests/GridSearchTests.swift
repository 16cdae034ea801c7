import Foundation
import Learn
import TestSupport
import Testing

@Suite struct GridSearchTests {
    private let blobs = Blobs(sizes: [14, 12, 16], columns: 40, spread: 1.6, seed: 3)
    private let candidates = [
        Candidate(.svm(SVMParameters(cost: 1, kernel: .linear))), Candidate(.svm(SVMParameters(cost: 1, kernel: .rbf(gamma: .auto)))),
        Candidate(.logisticRegression(LogisticParameters(cost: 10))), Candidate(.logisticRegression(LogisticParameters(cost: 1))),
        Candidate(.randomForest(ForestParameters(trees: 23))), Candidate(.randomForest(ForestParameters(trees: 5))),
    ]

    @Test func resultDoesNotDependOnThreads() throws {
        let folds = try Folds.stratified(labels: blobs.labels, count: 3)
        let one = try GridSearch(threads: 1).run(candidates: candidates, rows: blobs.rows, labels: blobs.labels, folds: folds)
        let four = try GridSearch(threads: 4).run(candidates: candidates, rows: blobs.rows, labels: blobs.labels, folds: folds)
        let tight = try GridSearch(threads: 2, memoryMegabytes: 0)
            .run(candidates: candidates, rows: blobs.rows, labels: blobs.labels, folds: folds)
        #expect(one == four)
        #expect(tight.candidates.map(\.predictions) == one.candidates.map(\.predictions))
    }

    /// Machines whose kernel matrices are not shared make kernel rows within the bound when they need them.
    @Test func tightMemoryChangesNoPrediction() throws {
        let blobs = Blobs(sizes: [300, 300], columns: 6, spread: 1.6, seed: 4)
        let folds = try Folds.stratified(labels: blobs.labels, count: 2)
        // 300 rows of 300 kernel values, twice, are more than the 1 MB that each machine is left with.
        var candidates = [KernelFunction.linear, .rbf(gamma: .scale), .polynomial(degree: 2, gamma: .auto, coefficient: 1)]
            .map { Candidate(.svm(SVMParameters(kernel: $0))) }
        candidates.append(Candidate(.svm(SVMParameters(cacheMegabytes: -1))))
        let wide = try GridSearch(threads: 2).run(candidates: candidates, rows: blobs.rows, labels: blobs.labels, folds: folds)
        let tight = try GridSearch(threads: 2, memoryMegabytes: 1)
            .run(candidates: candidates, rows: blobs.rows, labels: blobs.labels, folds: folds)
        #expect(tight.candidates.map(\.predictions) == wide.candidates.map(\.predictions))
        for result in [wide, tight] {
            #expect(result.candidates[3].failure == .invalidParameter(name: "cacheMegabytes", value: "-1", allowed: "above 0"))
        }
    }

    @Test func sharedWorkEqualsFitsDoneAlone() throws {
        let folds = try Folds.stratified(labels: blobs.labels, count: 3)
        let result = try GridSearch(threads: 2).run(candidates: candidates, rows: blobs.rows, labels: blobs.labels, folds: folds)
        for (index, candidate) in candidates.enumerated() {
            var predictions: [Int] = []
            for fold in folds {
                let pipeline = try candidate.fit(
                    rows: blobs.rows.selecting(rows: fold.train), labels: fold.train.map { blobs.labels[$0] }, threads: 1)
                predictions += try pipeline.predict(blobs.rows.selecting(rows: fold.test), threads: 1)
            }
            #expect(result.candidates[index].predictions == predictions, "\(candidate.name)")
        }
    }

    @Test func firstOfEqualsWinsAndFailuresAreReported() throws {
        let folds = try Folds.stratified(labels: blobs.labels, count: 3)
        let broken = Candidate(.svm(SVMParameters(cost: -1)))
        let result = try GridSearch(threads: 2).run(
            candidates: [broken, candidates[0], candidates[0]], rows: blobs.rows, labels: blobs.labels, folds: folds)
        #expect(result.bestIndex == 1)
        #expect(result.candidates[0].failure == .invalidParameter(name: "C", value: "-1.0", allowed: "above 0"))
        #expect(throws: LearnError.invalidParameter(name: "trees", value: "0", allowed: "1 or more")) {
            try GridSearch(threads: 1).run(
                candidates: [Candidate(.randomForest(ForestParameters(trees: 0)))], rows: blobs.rows, labels: blobs.labels,
                folds: folds)
        }
    }

    @Test func whatIsWorseBeyondChanceDoesNotTieWithTheBest() throws {
        let folds = try Folds.stratified(labels: blobs.labels, count: 3)
        let result = try GridSearch(threads: 2).run(
            candidates: [candidates[0], Candidate(.majorityClass), Candidate(.svm(SVMParameters(cost: -1)))], rows: blobs.rows,
            labels: blobs.labels, folds: folds)
        #expect(try result.tiesWithBest(labels: blobs.labels) == [true, false, false])
        #expect(try result.tiesWithBest(labels: blobs.labels, level: 0) == [true, true, false])
        #expect(throws: LearnError.self) { try result.tiesWithBest(labels: [0]) }
    }

    @Test func progressCountsEveryCandidateOfEveryFold() throws {
        let folds = try Folds.stratified(labels: blobs.labels, count: 3)
        let seen = Seen()
        let search = GridSearch(threads: 2, progress: { seen.append($0) })
        _ = try search.run(candidates: candidates, rows: blobs.rows, labels: blobs.labels, folds: folds)
        #expect(seen.steps.map(\.done) == Array(1...18))
        #expect(seen.steps.allSatisfy { $0.total == 18 })
    }

    @Test func cancellationEndsTheSearch() async throws {
        let folds = try Folds.stratified(labels: blobs.labels, count: 3)
        #expect(throws: LearnError.cancelled) {
            try GridSearch(threads: 2, isCancelled: { true })
                .run(candidates: candidates, rows: blobs.rows, labels: blobs.labels, folds: folds)
        }
        let (rows, labels, list) = (blobs.rows, blobs.labels, candidates)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await GridSearch(threads: 1).runInBackground(candidates: list, rows: rows, labels: labels, folds: folds)
        }
        await #expect(throws: LearnError.cancelled) { try await task.value }
    }

    @Test func journalCarriesASearchOverItsDeath() throws {
        let folds = try Folds.stratified(labels: blobs.labels, count: 3)
        let folder = try TemporaryFolder()
        let path = folder.url.appendingPathComponent("journal.jsonl").path
        let whole = try GridSearch(threads: 2).run(candidates: candidates, rows: blobs.rows, labels: blobs.labels, folds: folds)
        let seen = Seen()
        let doomed = GridSearch(
            threads: 1, journal: SearchJournal(path: path), progress: { seen.append($0) }, isCancelled: { seen.steps.count >= 7 })
        #expect(throws: LearnError.cancelled) {
            try doomed.run(candidates: candidates, rows: blobs.rows, labels: blobs.labels, folds: folds)
        }
        // A torn last line, as a kill in the middle of a write leaves it.
        let file = try #require(FileHandle(forWritingAtPath: path))
        try file.seekToEnd()
        try file.write(contentsOf: Data("{\"key\":{\"cand".utf8))
        try file.close()
        let later = Seen()
        let resumed = try GridSearch(threads: 2, journal: SearchJournal(path: path), progress: { later.append($0) })
            .run(candidates: candidates, rows: blobs.rows, labels: blobs.labels, folds: folds)
        #expect(resumed == whole)
        #expect(later.steps.count == 18 - seen.steps.count)
        // Another search does not take over the journal's results.
        let other = Seen()
        _ = try GridSearch(threads: 1, journal: SearchJournal(path: path), progress: { other.append($0) })
            .run(candidates: Array(candidates.dropLast()), rows: blobs.rows, labels: blobs.labels, folds: folds)
        #expect(other.steps.count == 15)
    }

    /// Parameters that JSON has no numbers for fail, and tell searches apart as all others do.
    @Test(arguments: [Double.infinity, -.infinity, .nan]) func journalTellsSearchesWithBrokenCandidatesApart(cost: Double) throws {
        let folds = try Folds.stratified(labels: blobs.labels, count: 3)
        let folder = try TemporaryFolder()
        let path = folder.url.appendingPathComponent("broken.jsonl").path
        let broken = Candidate(.svm(SVMParameters(cost: cost)))
        func search(_ list: [Candidate], journal: SearchJournal?) throws -> (result: SearchResult, steps: Int) {
            let seen = Seen()
            let result = try GridSearch(threads: 1, journal: journal, progress: { seen.append($0) })
                .run(candidates: list, rows: blobs.rows, labels: blobs.labels, folds: folds)
            return (result, seen.steps.count)
        }
        let journal = SearchJournal(path: path)
        for second in [candidates[2], Candidate(.majorityClass)] {
            let (first, steps) = try search([broken, second], journal: journal)
            let plain = try search([broken, second], journal: nil).result
            // Failures have a mean that equals nothing, itself included.
            #expect(first.candidates[1] == plain.candidates[1])
            #expect(first.candidates[0].failure == .invalidParameter(name: "C", value: "\(cost)", allowed: "above 0"))
            #expect(steps == 6)
            // The same search again: only what failed is tried anew.
            #expect(try search([broken, second], journal: journal).steps == 3)
        }
    }
}

/// Collects progress; the search promises not to call it from two threads at once.
private final class Seen: @unchecked Sendable {
    private(set) var steps: [SearchProgress] = []
    func append(_ step: SearchProgress) { steps.append(step) }
}
