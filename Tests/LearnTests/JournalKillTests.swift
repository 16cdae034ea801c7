import Foundation
import Learn
import TestSupport
import Testing

/// A search whose process is killed by the system, again and again, at moments it does not choose.
@Suite struct JournalKillTests {
    private static let blobs = Blobs(sizes: [14, 12, 16], columns: 40, spread: 1.6, seed: 3)
    private static let candidates = [
        Candidate(.svm(SVMParameters(cost: 1, kernel: .linear))), Candidate(.svm(SVMParameters(cost: 1, kernel: .rbf(gamma: .auto)))),
        Candidate(.logisticRegression(LogisticParameters(cost: 10))), Candidate(.logisticRegression(LogisticParameters(cost: 1))),
        Candidate(.randomForest(ForestParameters(trees: 400))), Candidate(.randomForest(ForestParameters(trees: 5))),
    ]

    private static func search(_ journal: SearchJournal?, progress: @escaping @Sendable (SearchProgress) -> Void) throws -> SearchResult {
        let folds = try Folds.stratified(labels: blobs.labels, count: 3)
        return try GridSearch(threads: 2, journal: journal, progress: progress)
            .run(candidates: candidates, rows: blobs.rows, labels: blobs.labels, folds: folds)
    }

    /// Whole lines of outcomes in a journal.
    private static func outcomes(_ path: String) -> Int {
        let content = FileManager.default.contents(atPath: path) ?? Data()
        return max(0, content.count(where: { $0 == UInt8(ascii: "\n") }) - 1)
    }

    @Test func killedAfterSomeOutcomes() async throws {
        let folder = try TemporaryFolder()
        let path = folder.url.appendingPathComponent("killed.jsonl").path
        let whole = try Self.search(nil) { _ in }
        // Each process takes up the journal of the one before, and dies after so many more outcomes.
        for more in [1, 3, 2, 4] {
            let before = Self.outcomes(path)
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, more = more as Int] in
                let counter = Counter()
                _ = try JournalKillTests.search(SearchJournal(path: path)) { _ in
                    if counter.next() == more { kill(getpid(), SIGKILL) }
                }
            }
            #expect(Self.outcomes(path) >= before + more)
        }
        try Self.finish(path, whole)
    }

    @Test func killedAtAnyMoment() async throws {
        let folder = try TemporaryFolder()
        let path = folder.url.appendingPathComponent("killed.jsonl").path
        let whole = try Self.search(nil) { _ in }
        for microseconds in [200, 3000, 1000, 8000, 20000] {
            let before = Self.outcomes(path)
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, microseconds = microseconds as Int] in
                Thread.detachNewThread {
                    usleep(useconds_t(microseconds))
                    kill(getpid(), SIGKILL)
                }
                _ = try JournalKillTests.search(SearchJournal(path: path)) { _ in }
                // Done before its time: dies all the same.
                kill(getpid(), SIGKILL)
            }
            #expect(Self.outcomes(path) >= before)
        }
        try Self.finish(path, whole)
    }

    /// A disk that is full (here a limit on the sizes of files) ends the journal and not the search; what was written is of use.
    @Test func aFullDiskEndsTheJournalAlone() async throws {
        let folder = try TemporaryFolder()
        let path = folder.url.appendingPathComponent("full.jsonl").path
        let whole = try Self.search(nil) { _ in }
        await #expect(processExitsWith: .exitCode(7)) { [path = path as String] in
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 6000, rlim_max: 6000)
            #if canImport(Glibc)
                let status = setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            #else
                let status = setrlimit(RLIMIT_FSIZE, &limit)
            #endif
            guard status == 0 else { exit(1) }
            let result = try JournalKillTests.search(SearchJournal(path: path)) { _ in }
            exit(result.journalFailure != nil && result.candidates.allSatisfy { $0.failure == nil } ? 7 : 2)
        }
        #expect((1..<18).contains(Self.outcomes(path)))
        #expect(whole.journalFailure == nil)
        try Self.finish(path, whole)
    }

    /// Goes on with the journal to the end: the result is that of a search never killed, and nothing is done twice.
    private static func finish(_ path: String, _ whole: SearchResult) throws {
        let kept = outcomes(path)
        let counter = Counter()
        let result = try search(SearchJournal(path: path)) { _ in _ = counter.next() }
        #expect(result == whole)
        #expect(counter.value == 18 - kept)
        #expect(outcomes(path) == 18)
    }
}
