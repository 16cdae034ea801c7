extension TrainingSet {
    /// Two crops that show the same face under two labels: one of the labels is wrong, or both.
    public struct DoubleLabel: Sendable, Hashable {
        /// "label/file" inside the folder, the first in byte order.
        public var first: RelativePath
        /// "label/file" inside the folder, under another label.
        public var second: RelativePath
    }

    /// The pairs of crops of different labels that show the same face, in byte order of their paths.
    /// - Complexity: O(n + Σ g²) for near-duplicate groups of g crops.
    public var doubleLabels: [DoubleLabel] {
        CropPairs.underTwoLabels(Self.hashes(of: rows, classes), groups: groups).map {
            DoubleLabel(first: rows[$0.0].path, second: rows[$0.1].path)
        }
    }

    /// What the one who trains should know of them, a sentence each; of many the first five.
    var doubleLabelWarnings: [String] {
        let doubles = doubleLabels
        let shown = 5
        let told = doubles.prefix(shown).map { "\($0.first) and \($0.second) show the same face under two labels; remove the wrong one" }
        return doubles.count > shown ? told + ["\(doubles.count - shown) more faces stand under two labels"] : told
    }
}
