import Imaging

extension TrainingSet {
    /// Two crops that show the same face under two labels: one of the labels is wrong, or both.
    public struct DoubleLabel: Sendable, Hashable {
        /// "label/file" inside the folder, the first in byte order.
        public var first: RelativePath
        /// "label/file" inside the folder, under another label.
        public var second: RelativePath
    }

    /// The pairs of crops of different labels whose hashes differ in at most `NearDuplicates.cropBits` bits. Two people in one photo are no such
    /// pair: their crops differ.
    /// - Complexity: O(n + Σ g²) for near-duplicate groups of g crops.
    public var doubleLabels: [DoubleLabel] {
        let members = Dictionary(grouping: rows.indices) { groups[$0] }
        return members.values.filter { $0.count > 1 }.flatMap { rowsOfGroup in
            rowsOfGroup.enumerated().flatMap { place, a in
                rowsOfGroup[..<place].filter { b in
                    classes[a] != classes[b] && rows[a].hash.distance(to: rows[b].hash) <= NearDuplicates.cropBits
                }.map { DoubleLabel(first: rows[$0].path, second: rows[a].path) }
            }
        }.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
    }

    /// What the one who trains should know of them, a sentence each; of many the first five.
    var doubleLabelWarnings: [String] {
        let doubles = doubleLabels
        let shown = 5
        let told = doubles.prefix(shown).map { "\($0.first) and \($0.second) show the same face under two labels; remove the wrong one" }
        return doubles.count > shown ? told + ["\(doubles.count - shown) more faces stand under two labels"] : told
    }
}
