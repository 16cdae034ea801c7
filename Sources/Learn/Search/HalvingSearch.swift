/// Successive halving: all candidates are judged on few rows, the better ones on more, until the last are judged on all.
public struct HalvingSearch: Sendable, Equatable {
    /// One round: candidates judged on so many rows.
    public struct Round: Sendable, Equatable {
        /// Rows used.
        public let rows: Int
        /// Numbers of the candidates judged, in their order, and the mean accuracy of each.
        public let candidates: [Int]
        /// Their mean accuracies.
        public let means: [Double]
    }

    /// Round after round.
    public let rounds: [Round]
    /// The last round's search, on all rows.
    public let result: SearchResult

    /// Each round uses `factor` times as many rows and keeps the best 1/`factor` of the candidates (at least one; of equals the
    /// first). The smaller sets are stratified, nested in each other, and drawn with `seed`.
    /// - Parameters:
    ///   - candidates: what is chosen among.
    ///   - rows: one sample a row.
    ///   - labels: the class of every row.
    ///   - folds: number of stratified folds of every round.
    ///   - factor: how many times fewer candidates each round keeps, and how many times more rows it has.
    ///   - smallest: rows of the first round, raised where a class would have fewer than `folds` rows.
    ///   - seed: of everything random: the same seed gives the same result.
    ///   - augmentation: extra rows to learn from; a round uses those made from its rows.
    ///   - search: how each round is searched.
    /// - Throws: as ``GridSearch/run(candidates:rows:labels:folds:augmentation:)``; ``LearnError/invalidParameter(name:value:allowed:)`` for a factor
    ///   below 2.
    public init(
        candidates: [Candidate], rows: Matrix, labels: [Int], folds: Int, factor: Int = 3, smallest: Int, seed: UInt64,
        augmentation: Augmentation? = nil, search: GridSearch
    ) throws(LearnError) {
        guard factor >= 2 else { throw LearnError.invalidParameter(name: "factor", value: "\(factor)", allowed: "2 or more") }
        guard smallest >= 1 else { throw LearnError.invalidParameter(name: "smallest", value: "\(smallest)", allowed: "1 or more") }
        let samples = try LabelledRows(rows: rows, labels: labels)
        try augmentation?.check(against: rows)
        var generator = SeededGenerator(seed: seed)
        let shuffled = samples.members.map { members in
            var order = members
            generator.shuffle(&order)
            return order
        }
        var alive = Array(candidates.indices)
        var size = smallest
        var rounds: [Round] = []
        var quiet = search
        quiet.journal = nil
        while true {
            let isLast = size >= labels.count || alive.count == 1
            let used =
                isLast
                ? Array(labels.indices)
                : shuffled.flatMap { members in
                    let share = Int((Double(members.count) * Double(size) / Double(labels.count)).rounded(.up))
                    return members.prefix(max(min(folds, members.count), share))
                }.sorted()
            let usedLabels = used.map { labels[$0] }
            let result = try quiet.run(
                candidates: alive.map { candidates[$0] }, rows: rows.selecting(rows: used), labels: usedLabels,
                folds: try Folds.stratified(labels: usedLabels, count: folds), augmentation: augmentation?.selecting(rows: used))
            rounds.append(Round(rows: used.count, candidates: alive, means: result.candidates.map(\.mean)))
            if isLast {
                self.rounds = rounds
                self.result = result
                return
            }
            let ranked = alive.indices.sorted { left, right in
                let (a, b) = (result.candidates[left].mean, result.candidates[right].mean)
                // A candidate that failed has no mean and goes first.
                return (a.isNaN ? -1 : a, -left) > (b.isNaN ? -1 : b, -right)
            }
            alive = ranked.prefix(max(1, alive.count / factor)).map { alive[$0] }.sorted()
            size *= factor
        }
    }
}
