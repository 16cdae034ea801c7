import Foundation
import Learn

/// What a model said of crops whose labels are known, and how good that is.
public struct Assessment: Sendable {
    /// One crop: where it lies, who it is, what was said.
    public struct Verdict: Sendable {
        /// The row in the set.
        public var row: Int
        /// Who it is, a place in `labels`.
        public var truth: Int
        /// The most probable label, of equals the first.
        public var said: Int
        /// The probability of that label.
        public var score: Double
        /// The probability of the true one.
        public var truthScore: Double

        /// Whether the right name was said.
        public var isRight: Bool { said == truth }
    }

    /// In class order.
    public let labels: [String]
    /// In the order of the rows given.
    public let verdicts: [Verdict]
    /// Of each label, in class order, a row a verdict; each sums to 1.
    public let probabilities: DoubleMatrix

    /// - Parameter rows: the set's row that each row of `probabilities` speaks of; rows whose label is not in `labels` are left out.
    init(set: TrainingSet, labels: [String], rows: [Int], probabilities: DoubleMatrix) {
        let places = Dictionary(labels.enumerated().map { (Array($1.utf8), $0) }) { first, _ in first }
        let truths = rows.map { places[Array(set.rows[$0].label.utf8)] }
        let judged = truths.indices.filter { truths[$0] != nil }
        // All, mostly, and then they are not copied.
        let kept = judged.count == probabilities.rows ? probabilities : probabilities.selecting(rows: judged)
        self.labels = labels
        self.probabilities = kept
        verdicts = zip(judged, kept.rowArgmax()).enumerated().compactMap { place, answer in
            let (index, said) = answer
            return truths[index].map {
                Verdict(row: rows[index], truth: $0, said: said, score: kept[place, said], truthScore: kept[place, $0])
            }
        }
    }

    /// How many answers are right.
    public var correct: Int { verdicts.count { $0.isRight } }
    /// Share of right answers; NaN without verdicts.
    public var accuracy: Double { Double(correct) / Double(verdicts.count) }

    /// Rows are true labels, columns what was said.
    /// - Throws: `LearnError.empty` without verdicts.
    public func confusion() throws(LearnError) -> ConfusionMatrix {
        try ConfusionMatrix(labels: verdicts.map(\.truth), predictions: verdicts.map(\.said), classCount: labels.count)
    }

    /// The entries of the confusion matrix that are not zero, each `[true class, said class, crops]`, in the order of classes: as many as
    /// there are verdicts at most, however many labels.
    /// - Complexity: O(verdicts.count · log verdicts.count).
    func confusionEntries() -> [[Int]] {
        var counts: [[Int]: Int] = [:]
        for verdict in verdicts { counts[[verdict.truth, verdict.said], default: 0] += 1 }
        return counts.map { $0.key + [$0.value] }.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// Log loss, Brier score and calibration.
    /// - Throws: `LearnError.empty` without verdicts.
    public func probabilityMetrics() throws(LearnError) -> ProbabilityMetrics {
        try ProbabilityMetrics(probabilities: probabilities, labels: verdicts.map(\.truth))
    }

    /// Wrong answers, the surest first.
    public func worstMistakes(_ count: Int) -> [Verdict] {
        Array(
            verdicts.filter { !$0.isRight }
                .sorted { ($1.score, $0.row) < ($0.score, $1.row) }
                .prefix(count))
    }
}
