extension SearchResult {
    /// The search as if its last class, the background of rows that belong to none of the others, could not be answered: its rows are not
    /// counted, and a candidate that called another row background says instead what it holds likeliest of the rest.
    /// - Parameters:
    ///   - background: the last class.
    ///   - labels: of all rows, as given to the search.
    ///   - folds: as given to the search.
    /// - Throws: ``LearnError/rowLabelMismatch(rows:labels:)`` where labels or folds are not those of the search,
    ///   ``LearnError/empty(what:)`` for a fold that tests nothing but background.
    /// - Complexity: O(candidates * rows * classes).
    public func leavingOut(background: Int, labels: [Int], folds: [Fold]) throws(LearnError) -> SearchResult {
        guard folds.flatMap(\.test) == testedRows, testedRows.allSatisfy(labels.indices.contains) else {
            throw LearnError.rowLabelMismatch(rows: testedRows.count, labels: labels.count)
        }
        let kept = testedRows.indices.filter { labels[testedRows[$0]] != background }
        let sizes = folds.map { fold in fold.test.count { labels[$0] != background } }
        guard !sizes.contains(0) else { throw LearnError.empty(what: "fold without background") }
        let results = candidates.map { candidate in
            guard candidate.failure == nil else { return candidate }
            let scores = candidate.scores.selecting(rows: kept).selecting(columns: Array(0..<background))
            let likeliest = scores.rowArgmax()
            let predictions = kept.enumerated().map { place, tested in
                candidate.predictions[tested] == background ? likeliest[place] : candidate.predictions[tested]
            }
            var accuracies: [Double] = []
            var start = 0
            for size in sizes {
                let right = (start..<start + size).count { labels[testedRows[kept[$0]]] == predictions[$0] }
                accuracies.append(Double(right) / Double(size))
                start += size
            }
            return CandidateResult(
                candidate: candidate.candidate, foldAccuracies: accuracies, predictions: predictions, scores: scores)
        }
        return try SearchResult(candidates: results, testedRows: kept.map { testedRows[$0] }, journalFailure: journalFailure)
    }
}

extension DoubleMatrix {
    /// Probabilities of the first `count` classes alone: the others' columns are dropped, and each row is divided by what remains of it.
    package func amongFirst(_ count: Int) -> DoubleMatrix {
        guard count < columns else { return self }
        var kept = selecting(columns: Array(0..<count))
        for row in 0..<rows {
            let sum = kept.row(row).reduce(0, +)
            for column in 0..<count { kept[row, column] = sum > 0 ? kept[row, column] / sum : 1 / Double(count) }
        }
        return kept
    }
}
