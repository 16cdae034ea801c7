extension TrainingSet {
    /// Two crops that show the same face under two labels: one of the labels is wrong, or both.
    public struct DoubleLabel: Sendable, Hashable {
        /// "label/file" inside the folder, the first in byte order.
        public var first: RelativePath
        /// "label/file" inside the folder, under another label.
        public var second: RelativePath
    }

    /// Pairs of crops of different labels that show the same face, in byte order of their paths: of several that show one, enough to connect
    /// them.
    /// - Complexity: near O(n) for crops that differ, at most O(n²) comparisons of 256 bits: see `NearHashes`.
    public func doubleLabels(threads: Int = availableCores) -> [DoubleLabel] {
        CropPairs.underTwoLabels(classes: classes, hashes: rows.map(\.hash), threads: threads).map {
            DoubleLabel(first: rows[$0.0].path, second: rows[$0.1].path)
        }
    }

    /// What the one who trains should know of them, a sentence each; of many the first five.
    func doubleLabelWarnings(threads: Int) -> [String] {
        let doubles = doubleLabels(threads: threads)
        let shown = 5
        let told = doubles.prefix(shown).map { "\($0.first) and \($0.second) show the same face under two labels; remove the wrong one" }
        return doubles.count > shown ? told + ["\(doubles.count - shown) more faces stand under two labels"] : told
    }
}
