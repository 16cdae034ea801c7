import Foundation

/// From scores to probabilities.
package enum Softmax {
    /// exp(f·s(k)) / Σ exp(f·s(j)) in each row, f being positive; in place where nobody else holds the scores.
    static func rows(_ scores: consuming DoubleMatrix, factor: Double = 1) -> DoubleMatrix {
        var result = scores
        let columns = result.columns
        for row in 0..<result.rows {
            let highest = (result.row(row).max() ?? 0) * factor
            var sum = 0.0
            for column in 0..<columns {
                let power = exp(result[row, column] * factor - highest)
                result[row, column] = power
                sum += power
            }
            for column in 0..<columns { result[row, column] /= sum }
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
