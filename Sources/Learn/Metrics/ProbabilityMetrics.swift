import Foundation

/// How good probabilities are, given the true labels.
public struct ProbabilityMetrics: Sendable, Equatable {
    /// -mean log p(true class), p being at least 2.2e-16.
    public let logLoss: Double
    /// Mean over rows of Σ over classes (p - [class is true])²: 0 is perfect, 2 the worst.
    public let brier: Double
    /// Expected calibration error: Σ over bins (rows in bin / rows) * |accuracy - mean confidence|.
    public let expectedCalibrationError: Double
    /// Rows by the probability of their most probable class, in bins of equal width.
    public let bins: [ReliabilityBin]
    /// Area under the ROC curve, each class against all others, mean over the classes that have both; nil when none has.
    public let rocAUC: Double?

    /// Rows of like confidence: how sure the model was, and how often it was right.
    public struct ReliabilityBin: Sendable, Equatable {
        /// Confidences in lower < p <= upper; the first bin includes 0.
        public let lower: Double
        /// The upper end.
        public let upper: Double
        /// Rows in the bin.
        public let count: Int
        /// 0 in an empty bin.
        public let meanConfidence: Double
        /// Share of rows whose most probable class is the true one; 0 in an empty bin.
        public let accuracy: Double
    }

    /// - Parameters:
    ///   - probabilities: rows x classes.
    ///   - labels: the true class of every row.
    ///   - binCount: how many equal parts of 0 to 1 the calibration is counted in.
    /// - Throws: ``LearnError/rowLabelMismatch(rows:labels:)``, ``LearnError/empty(what:)``,
    ///   ``LearnError/labelOutOfRange(row:label:classes:)``, ``LearnError/invalidParameter(name:value:allowed:)`` for less than one bin.
    /// - Complexity: O(classes * rows * log rows).
    public init(probabilities: DoubleMatrix, labels: [Int], binCount: Int = 10) throws(LearnError) {
        try Self.check(probabilities, labels)
        guard binCount >= 1 else { throw LearnError.invalidParameter(name: "bins", value: "\(binCount)", allowed: "1 or more") }
        let count = Double(labels.count)
        var loss = 0.0
        var squares = 0.0
        for (row, label) in labels.enumerated() {
            loss -= log(max(Double.ulpOfOne, probabilities[row, label]))
            for column in 0..<probabilities.columns {
                let difference = probabilities[row, column] - (column == label ? 1 : 0)
                squares += difference * difference
            }
        }
        logLoss = loss / count
        brier = squares / count
        let bins = Self.bins(probabilities, labels, binCount)
        self.bins = bins
        expectedCalibrationError = bins.reduce(0) { $0 + Double($1.count) / count * abs($1.accuracy - $1.meanConfidence) }
        let areas = (0..<probabilities.columns).compactMap { label in
            Self.areaUnderROC(
                scores: (0..<probabilities.rows).map { probabilities[$0, label] }, isMember: labels.map { $0 == label })
        }
        rocAUC = areas.isEmpty ? nil : areas.reduce(0, +) / Double(areas.count)
    }

    private static func check(_ probabilities: DoubleMatrix, _ labels: [Int]) throws(LearnError) {
        guard probabilities.rows == labels.count else {
            throw LearnError.rowLabelMismatch(rows: probabilities.rows, labels: labels.count)
        }
        guard !labels.isEmpty, probabilities.columns > 0 else { throw LearnError.empty(what: "probabilities") }
        for (row, label) in labels.enumerated() where !(0..<probabilities.columns).contains(label) {
            throw LearnError.labelOutOfRange(row: row, label: label, classes: probabilities.columns)
        }
    }

    private static func bins(_ probabilities: DoubleMatrix, _ labels: [Int], _ binCount: Int) -> [ReliabilityBin] {
        var counts = [Int](repeating: 0, count: binCount)
        var confidences = [Double](repeating: 0, count: binCount)
        var right = [Int](repeating: 0, count: binCount)
        for (row, best) in probabilities.rowArgmax().enumerated() {
            let confidence = probabilities[row, best]
            let bin = min(binCount - 1, max(0, Int((confidence * Double(binCount)).rounded(.up)) - 1))
            counts[bin] += 1
            confidences[bin] += confidence
            right[bin] += best == labels[row] ? 1 : 0
        }
        return (0..<binCount).map { bin in
            let count = Double(max(1, counts[bin]))
            return ReliabilityBin(
                lower: Double(bin) / Double(binCount), upper: Double(bin + 1) / Double(binCount), count: counts[bin],
                meanConfidence: confidences[bin] / count, accuracy: Double(right[bin]) / count)
        }
    }

    /// The chance that a member scores higher than another row, equal scores counting half; nil without members or others.
    /// - Complexity: O(n log n).
    public static func areaUnderROC(scores: [Double], isMember: [Bool]) -> Double? {
        let members = isMember.filter { $0 }.count
        let others = isMember.count - members
        guard members > 0, others > 0 else { return nil }
        let order = scores.indices.sorted { scores[$0] < scores[$1] }
        var rankSum = 0.0
        var start = 0
        while start < order.count {
            var end = start
            while end < order.count && scores[order[end]] == scores[order[start]] { end += 1 }
            // Equal scores share the mean of their ranks.
            let rank = Double(start + end + 1) / 2
            rankSum += rank * Double(order[start..<end].filter { isMember[$0] }.count)
            start = end
        }
        return (rankSum - Double(members) * Double(members + 1) / 2) / (Double(members) * Double(others))
    }

    /// Share of rows whose true class is among the `k` most probable; of equally probable classes, earlier ones come first.
    /// - Throws: ``LearnError/rowLabelMismatch(rows:labels:)``, ``LearnError/empty(what:)``,
    ///   ``LearnError/labelOutOfRange(row:label:classes:)``.
    public static func topAccuracy(_ k: Int, probabilities: DoubleMatrix, labels: [Int]) throws(LearnError) -> Double {
        try check(probabilities, labels)
        var right = 0
        for (row, label) in labels.enumerated() {
            let own = probabilities[row, label]
            let ahead = (0..<probabilities.columns).filter {
                probabilities[row, $0] > own || (probabilities[row, $0] == own && $0 < label)
            }
            right += ahead.count < k ? 1 : 0
        }
        return Double(right) / Double(labels.count)
    }
}
