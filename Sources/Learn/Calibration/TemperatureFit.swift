import Foundation
import Support

/// Finds the one factor of temperature scaling (Guo et al., "On calibration of modern neural networks", ICML 2017).
enum TemperatureFit {
    /// The loss is convex in the factor: its derivative is brought to 0 by bisection on [1e-3, 1e3].
    /// - Complexity: O(60 * rows * classes).
    static func factor(scores: DoubleMatrix, labels: [Int], threads: Int) -> Double {
        var low = 1e-3
        var high = 1e3
        for _ in 0..<100 {
            let middle = (low * high).squareRoot()
            guard middle > low, middle < high else { break }
            if slope(scores, labels, factor: middle, threads: threads) > 0 { high = middle } else { low = middle }
        }
        return (low * high).squareRoot()
    }

    /// d/dfactor of Σ (log Σ exp(factor s) - Σ target(k) factor s(k)) = Σ (mean of s under p - mean of s under the targets).
    private static func slope(_ scores: DoubleMatrix, _ labels: [Int], factor: Double, threads: Int) -> Double {
        Parallel.map((scores.rows + block - 1) / block, threads: threads) { index in
            slope(scores, labels, factor: factor, rows: index * block..<min((index + 1) * block, scores.rows))
        }.reduce(0, +)
    }

    /// Rows whose slopes one thread adds up.
    private static let block = 1024

    private static func slope(_ scores: DoubleMatrix, _ labels: [Int], factor: Double, rows: Range<Int>) -> Double {
        let count = Double(scores.rows)
        let own = (count + 1) / (count + 2)
        let other = (1 - own) / Double(scores.columns - 1)
        var slope = 0.0
        for row in rows {
            let values = scores.row(row)
            let highest = values.max() ?? 0
            var sum = 0.0
            var weighted = 0.0
            var target = 0.0
            for (label, value) in values.enumerated() {
                let power = exp(factor * (value - highest))
                sum += power
                weighted += power * value
                target += (label == labels[row] ? own : other) * value
            }
            slope += weighted / sum - target
        }
        return slope
    }
}
