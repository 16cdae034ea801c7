import Foundation
import Learn
import Testing

/// A search done in shares, as by a job array, gives what one search gives.
@Suite struct SearchShareTests {
    private static let blobs = Blobs(sizes: [14, 12, 16], columns: 40, spread: 1.6, seed: 3)
    private static let candidates = [
        Candidate(.svm(SVMParameters(cost: 1, kernel: .linear))), Candidate(.svm(SVMParameters(cost: 1, kernel: .rbf(gamma: .auto)))),
        Candidate(.logisticRegression(LogisticParameters(cost: 10))), Candidate(.logisticRegression(LogisticParameters(cost: 1))),
        Candidate(.randomForest(ForestParameters(trees: 40))), Candidate(.randomForest(ForestParameters(trees: 5))),
    ]

    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("shares-\(UUID().uuidString)")
    private let folds: [Fold]

    init() throws {
        folds = try Folds.stratified(labels: Self.blobs.labels, count: 3)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func journal(_ name: String) -> SearchJournal { SearchJournal(path: folder.appendingPathComponent(name).path) }

    private func share(_ index: Int, of count: Int, threads: Int, journal: SearchJournal? = nil) throws -> SearchJournal {
        let result = self.journal("\(index)-of-\(count)")
        try GridSearch(threads: threads, journal: journal).run(
            shard: try #require(Shard(index: index, of: count)), into: result, candidates: Self.candidates, rows: Self.blobs.rows,
            labels: Self.blobs.labels, folds: folds)
        return result
    }

    /// The result, and how many outcomes had to be made.
    private func merged(_ shares: [SearchJournal]) throws -> (SearchResult, made: Int) {
        let counter = Counter()
        let result = try GridSearch(threads: 2, shares: shares, progress: { _ in _ = counter.next() }).run(
            candidates: Self.candidates, rows: Self.blobs.rows, labels: Self.blobs.labels, folds: folds)
        return (result, counter.value)
    }

    @Test(arguments: [1, 2, 3, 4, 7, 40])
    func sharesTogetherAreTheWhole(count: Int) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let whole = try merged([]).0
        let shares = try (0..<count).map { try share($0, of: count, threads: 1 + $0 % 2) }
        let (result, made) = try merged(shares)
        #expect(made == 0)
        #expect(result == whole)
    }

    @Test func aMissingShareIsMadeUpForAndOneOfAnotherSearchPassedOver() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let whole = try merged([])
        #expect(whole.made == Self.candidates.count * folds.count)
        let present = try share(1, of: 2, threads: 2)
        let other = journal("other")
        try Data("{\"journal\":1,\"fingerprint\":\"0\"}\n".utf8).write(to: URL(fileURLWithPath: other.path))
        let (result, made) = try merged([present, other, journal("none")])
        #expect(made > 0 && made < whole.made)
        #expect(result == whole.0)
    }

    @Test func aShareWritesTheSameBytesEachTimeAndSaysWhereItCannot() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let first = try Data(contentsOf: URL(fileURLWithPath: share(0, of: 2, threads: 1).path))
        let second = try Data(contentsOf: URL(fileURLWithPath: share(0, of: 2, threads: 2, journal: journal("journal")).path))
        #expect(first == second)
        #expect(throws: LearnError.self) {
            try GridSearch(threads: 1).run(
                shard: try #require(Shard(index: 0, of: 2)), into: journal("none/result"), candidates: Self.candidates,
                rows: Self.blobs.rows, labels: Self.blobs.labels, folds: folds)
        }
    }
}
