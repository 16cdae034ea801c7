import Foundation

/// From scores to probabilities.
package enum Softmax {
    /// exp(s(k)) / Σ exp(s(j)) in each row.
    static func rows(_ scores: DoubleMatrix) -> DoubleMatrix {
        var result = scores
        for row in 0..<scores.rows {
            let highest = scores.row(row).max() ?? 0
            var sum = 0.0
            for column in 0..<scores.columns {
                let power = exp(scores[row, column] - highest)
                result[row, column] = power
                sum += power
            }
            for column in 0..<scores.columns { result[row, column] /= sum }
        }
        return result
    }

    /// σ(s(k)) / Σ σ(s(j)) in each row; where every σ vanishes, the softmax, to which the quotient tends.
    static func normalisedSigmoids(_ scores: DoubleMatrix) -> DoubleMatrix {
        var result = scores
        let fallback = rows(scores)
        for row in 0..<scores.rows {
            let powers = scores.row(row).map(sigmoid)
            let sum = powers.reduce(0, +)
            for column in 0..<scores.columns {
                result[row, column] = sum > 1e-300 ? powers[column] / sum : fallback[row, column]
            }
        }
        return result
    }

    /// 1 / (1 + exp(-s)) without overflow.
    @inline(__always)
    package static func sigmoid(_ score: Double) -> Double {
        let decay = exp(-abs(score))
        return score >= 0 ? 1 / (1 + decay) : decay / (1 + decay)
    }
}
