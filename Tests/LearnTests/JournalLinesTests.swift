import Foundation
import Learn
import TestSupport
import Testing

/// Lines of a journal that do not fit the search are dropped, and their work done again: every rerun works.
@Suite struct JournalLinesTests {
    private static let blobs = Blobs(sizes: [8, 7, 9], columns: 4, spread: 0.8, seed: 6)
    private static let candidates = [Candidate(.linearDiscriminant), Candidate(.majorityClass)]

    private static func search(_ path: String) throws -> (result: SearchResult, steps: Int) {
        let counter = Counter()
        let result = try GridSearch(threads: 1, journal: SearchJournal(path: path), progress: { _ in _ = counter.next() })
            .run(
                candidates: candidates, rows: blobs.rows, labels: blobs.labels,
                folds: Folds.stratified(labels: blobs.labels, count: 2))
        return (result, counter.value)
    }

    /// What is done to the one whole outcome that stands in the journal, as text.
    static let damages: [(String, @Sendable (inout [String: Any]) -> Void)] = [
        ("a score too few", { line in edit(&line) { $0["scores"] = Array(($0["scores"] as? [Double] ?? []).dropLast()) } }),
        ("no scores", { line in edit(&line) { $0["scores"] = [Double]() } }),
        ("a score too many", { line in edit(&line) { $0["scores"] = ($0["scores"] as? [Double] ?? []) + [0] } }),
        ("no predictions", { line in edit(&line) { $0["predictions"] = [Int]() } }),
        ("a prediction too few", { line in edit(&line) { $0["predictions"] = Array(($0["predictions"] as? [Int] ?? []).dropLast()) } }),
        ("class 99", { line in edit(&line) { $0["predictions"] = ($0["predictions"] as? [Int] ?? []).map { _ in 99 } } }),
        ("class -1", { line in edit(&line) { $0["predictions"] = ($0["predictions"] as? [Int] ?? []).map { _ in -1 } } }),
        ("an infinite score", { line in edit(&line) { $0["scores"] = ($0["scores"] as? [Double] ?? []).map { _ in "inf" } } }),
        ("candidate 2", { line in line["key"] = ["candidate": 2, "fold": 0] }),
        ("candidate -1", { line in line["key"] = ["candidate": -1, "fold": 0] }),
        ("fold 2", { line in line["key"] = ["candidate": 0, "fold": 2] }),
        ("no key", { line in line["key"] = nil }), ("no outcome", { line in line["outcome"] = nil }),
    ]

    private static func edit(_ line: inout [String: Any], _ change: (inout [String: Any]) -> Void) {
        var outcome = line["outcome"] as? [String: Any] ?? [:]
        change(&outcome)
        line["outcome"] = outcome
    }

    @Test func linesThatDoNotFitAreDropped() throws {
        let folder = try TemporaryFolder()
        let path = folder.url.appendingPathComponent("journal").path
        let whole = try Self.search(path)
        #expect(whole.steps == 4)
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
        #expect(lines.count == 5)
        for (what, damage) in Self.damages {
            var object = try #require(try JSONSerialization.jsonObject(with: Data(lines[1].utf8)) as? [String: Any])
            let outcome = try #require(object["outcome"] as? [String: Any])
            let (scores, predictions) = (outcome["scores"] as? [Double], outcome["predictions"] as? [Int])
            #expect(scores?.isEmpty == false && predictions?.isEmpty == false)
            damage(&object)
            let line = String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self)
            // The damaged line stands in the middle: those after it are kept.
            try ([lines[0], line] + lines[2...] + [""]).joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
            let rerun = try Self.search(path)
            #expect(rerun.result == whole.result, "\(what)")
            #expect(rerun.steps == 1, "\(what)")
            #expect(try Self.search(path).steps == 0, "\(what): the second rerun")
        }
        for text in ["", "\n", "{}\n", "not JSON\n\u{0}", lines[1] + "\n", lines[0] + lines[1] + "\n", lines[0] + "\n\n\n" + lines[1]] {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            #expect(try Self.search(path).result == whole.result, "\(text)")
            #expect(try Self.search(path).steps == 0, "\(text)")
        }
    }
}
