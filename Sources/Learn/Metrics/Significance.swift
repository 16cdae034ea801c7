import Foundation

/// How sure measured shares are, and whether two classifiers really differ.
public enum Significance {
    /// Wilson's interval for a share of `correct` among `total`:
    /// (p + z²/2n ± z sqrt(p(1 - p)/n + z²/4n²)) / (1 + z²/n).
    /// - Parameters:
    ///   - correct: how many answers were right.
    ///   - total: how many answers there were.
    ///   - z: normal quantile; 1.96 is 95 %.
    /// - Throws: ``LearnError/invalidParameter(name:value:allowed:)`` unless 0 <= correct <= total and total > 0.
    public static func wilson(correct: Int, total: Int, z: Double = 1.959963984540054) throws(LearnError) -> ClosedRange<Double> {
        guard total > 0, (0...total).contains(correct) else {
            throw LearnError.invalidParameter(name: "correct", value: "\(correct) of \(total)", allowed: "0 to total, total above 0")
        }
        let n = Double(total)
        let p = Double(correct) / n
        let middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        let reach = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot() / (1 + z * z / n)
        return max(0, middle - reach)...min(1, middle + reach)
    }

    /// McNemar's exact test: the two-sided chance of a split at least as uneven as b to c between the rows that only the first
    /// classifier got right and those that only the second did, if both were equally good (binomial with p = 1/2).
    /// - Returns: 1 when the two are never right on different rows.
    /// - Throws: ``LearnError/rowLabelMismatch(rows:labels:)`` unless the three are equally long.
    /// - Complexity: O(rows).
    public static func mcNemar(labels: [Int], first: [Int], second: [Int]) throws(LearnError) -> Double {
        for predictions in [first, second] where predictions.count != labels.count {
            throw LearnError.rowLabelMismatch(rows: predictions.count, labels: labels.count)
        }
        var onlyFirst = 0
        var onlySecond = 0
        for row in labels.indices {
            switch (first[row] == labels[row], second[row] == labels[row]) {
            case (true, false): onlyFirst += 1
            case (false, true): onlySecond += 1
            default: break
            }
        }
        let n = onlyFirst + onlySecond
        guard n > 0 else { return 1 }
        var tail = 0.0
        for k in 0...min(onlyFirst, onlySecond) {
            let logWays: Double = lgamma(Double(n + 1)) - lgamma(Double(k + 1)) - lgamma(Double(n - k + 1))
            tail += exp(logWays - Double(n) * log(2))
        }
        return min(1, 2 * tail)
    }

    /// A percentile bootstrap interval of a measure of rows: the measure on `resamples` draws of rows with replacement.
    /// - Parameters:
    ///   - rows: how many rows were judged.
    ///   - resamples: how many times the rows are drawn anew.
    ///   - confidence: such as 0.95.
    ///   - seed: of everything random: the same seed gives the same result.
    ///   - measure: of a list of row numbers (with repetitions).
    /// - Throws: ``LearnError/empty(what:)`` without rows, ``LearnError/invalidParameter(name:value:allowed:)``.
    /// - Complexity: `resamples` calls of `measure`.
    public static func bootstrap(
        rows: Int, resamples: Int = 2000, confidence: Double = 0.95, seed: UInt64, measure: ([Int]) -> Double
    ) throws(LearnError) -> ClosedRange<Double> {
        guard rows > 0 else { throw LearnError.empty(what: "rows") }
        guard resamples > 0 else {
            throw LearnError.invalidParameter(name: "resamples", value: "\(resamples)", allowed: "1 or more")
        }
        guard confidence > 0, confidence < 1 else {
            throw LearnError.invalidParameter(name: "confidence", value: "\(confidence)", allowed: "above 0, below 1")
        }
        var generator = SeededGenerator(seed: seed)
        var values: [Double] = []
        for _ in 0..<resamples {
            values.append(measure((0..<rows).map { _ in generator.next(below: rows) }))
        }
        values.sort()
        let tail = (1 - confidence) / 2
        let low = Int((Double(resamples - 1) * tail).rounded())
        return values[low]...values[resamples - 1 - low]
    }
}
