/// An honest estimate of what a search achieves: for every outer fold the search runs on its training rows alone, and the winner,
/// refitted on them, is judged on rows that had no say in the choice.
public struct NestedSearch: Sendable, Equatable {
    /// What one outer fold showed.
    public struct Outer: Sendable, Equatable {
        /// What the inner search chose.
        public let winner: Candidate
        /// The winner's mean over the inner folds: what a search without outer folds would have claimed.
        public let claimed: Double
        /// Its share of right labels in the outer fold's test rows, by its own decision rule.
        public let accuracy: Double
        /// Labels given to the test rows, in their order.
        public let predictions: [Int]
    }

    /// In the order of the outer folds.
    public let folds: [Outer]
    /// Mean accuracy over the outer folds.
    public let mean: Double
    /// Population standard deviation over the outer folds.
    public let standardDeviation: Double

    /// - Parameters:
    ///   - candidates: what is chosen among.
    ///   - rows: one sample a row.
    ///   - labels: the class of every row.
    ///   - outer: folds of all rows.
    ///   - augmentation: extra rows to learn from; those made from an outer fold's training rows go into its search and refit.
    ///   - search: how each inner search runs; its journal is not used.
    ///   - inner: makes folds of a selection of rows (given as row numbers), numbered from 0 within the selection.
    /// - Throws: as ``GridSearch/run(candidates:rows:labels:folds:augmentation:)``; ``LearnError/empty(what:)`` without outer folds.
    public init(
        candidates: [Candidate], rows: Matrix, labels: [Int], outer: [Fold], augmentation: Augmentation? = nil,
        search: GridSearch, inner: ([Int]) throws(LearnError) -> [Fold]
    ) throws(LearnError) {
        guard !outer.isEmpty else { throw LearnError.empty(what: "folds") }
        try augmentation?.check(against: rows)
        var quiet = search
        quiet.journal = nil
        var results: [Outer] = []
        for fold in outer {
            let trainRows = rows.selecting(rows: fold.train)
            let trainLabels = fold.train.map { labels[$0] }
            let extra = augmentation?.selecting(rows: fold.train)
            let result = try quiet.run(
                candidates: candidates, rows: trainRows, labels: trainLabels, folds: try inner(fold.train), augmentation: extra)
            let pipeline = try result.best.candidate.fit(
                rows: trainRows, labels: trainLabels, augmentation: extra, threads: search.threads)
            let predictions = try pipeline.predict(rows.selecting(rows: fold.test), threads: search.threads)
            let right = zip(fold.test, predictions).filter { labels[$0] == $1 }.count
            results.append(
                Outer(
                    winner: result.best.candidate, claimed: result.best.mean, accuracy: Double(right) / Double(fold.test.count),
                    predictions: predictions))
        }
        folds = results
        mean = results.reduce(0) { $0 + $1.accuracy } / Double(results.count)
        standardDeviation = Folds.deviation(results.map(\.accuracy))
    }
}
