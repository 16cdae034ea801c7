/// All candidates of a search, judged on the same folds.
public struct SearchResult: Sendable, Equatable {
    /// In the order of the candidates given.
    public private(set) var candidates: [CandidateResult]
    /// The rows that were tested, fold after fold; every candidate's predictions and scores stand in this order.
    public let testedRows: [Int]
    /// The highest mean accuracy; of equals the first candidate. Means that differ by rounding alone (1e-12) are equal.
    public let bestIndex: Int
    /// Why the journal could not be written to its end, so that a search that is killed then begins again from where it ends; nil where it
    /// is whole, or there is none.
    public let journalFailure: String?

    /// The best candidate.
    public var best: CandidateResult { candidates[bestIndex] }

    /// Which candidates tie with the best: those that were right on other rows than it so evenly that chance explains it (McNemar's
    /// exact test, two-sided, at `level`). Where folds are repeated, the one that was right on a row more often was right on it:
    /// repetitions are no new rows. The best ties with itself, a failed candidate with none.
    /// - Parameters:
    ///   - labels: of all rows that were searched, as given to the search.
    ///   - level: the chance below which a difference counts.
    /// - Throws: ``LearnError/rowLabelMismatch(rows:labels:)`` where there are fewer labels than tested rows name.
    /// - Complexity: O(candidates * rows).
    public func tiesWithBest(labels: [Int], level: Double = 0.05) throws(LearnError) -> [Bool] {
        guard let last = testedRows.max(), last < labels.count else {
            throw LearnError.rowLabelMismatch(rows: (testedRows.max() ?? -1) + 1, labels: labels.count)
        }
        let leader = timesRight(best, labels: labels)
        var ties: [Bool] = []
        for candidate in candidates {
            guard candidate.failure == nil else {
                ties.append(false)
                continue
            }
            let other = timesRight(candidate, labels: labels)
            let chance = try Significance.mcNemar(
                labels: leader.map { _ in 1 }, first: zip(leader, other).map { $0 >= $1 ? 1 : 0 },
                second: zip(leader, other).map { $1 >= $0 ? 1 : 0 })
            ties.append(chance >= level)
        }
        return ties
    }

    /// For each row, in how many of its tests the candidate was right.
    private func timesRight(_ candidate: CandidateResult, labels: [Int]) -> [Int] {
        var times = [Int](repeating: 0, count: labels.count)
        for (row, prediction) in zip(testedRows, candidate.predictions) where prediction == labels[row] { times[row] += 1 }
        return times
    }

    /// Hands a candidate's scores over and keeps none of it.
    package mutating func releaseScores(of index: Int) -> DoubleMatrix { candidates[index].releaseScores() }

    /// What was found out, without any scores.
    package func withoutScores() -> SearchResult {
        var result = self
        for index in candidates.indices { _ = result.releaseScores(of: index) }
        return result
    }

    /// - Throws: the first candidate's failure when all failed, ``LearnError/empty(what:)`` when there is none.
    init(candidates: [CandidateResult], testedRows: [Int], journalFailure: String? = nil) throws(LearnError) {
        var best: Int?
        for index in candidates.indices where candidates[index].failure == nil {
            if let leader = best, candidates[index].mean <= candidates[leader].mean + 1e-12 { continue }
            best = index
        }
        guard let best else { throw candidates.first?.failure ?? LearnError.empty(what: "candidates") }
        self.candidates = candidates
        self.testedRows = testedRows
        self.journalFailure = journalFailure
        bestIndex = best
    }
}
