import Foundation

/// C * Σ rowWeight * log loss + ½ |W|² over the linear functions F(k, i) = W(k)·x(i) + b(k); intercepts b are not penalised.
///
/// With two classes there is one function, the log-odds of class 1; otherwise one a class, under softmax.
struct LogisticLoss {
    /// Linear functions: 1 for two classes, else the number of classes.
    let outputs: Int
    /// Class of every row.
    let labels: [Int]
    /// C times the weight of every row.
    let weights: [Double]

    var rows: Int { labels.count }

    /// Turns F (outputs x rows, without intercepts) into the derivatives of the loss with respect to it, in place.
    /// - Returns: the loss.
    func lossAndResiduals(_ scores: UnsafeMutablePointer<Double>, intercepts: UnsafePointer<Double>) -> Double {
        outputs == 1 ? binary(scores, intercepts[0]) : softmax(scores, intercepts)
    }

    private func binary(_ scores: UnsafeMutablePointer<Double>, _ intercept: Double) -> Double {
        var loss = 0.0
        for row in 0..<rows {
            let score = scores[row] + intercept
            let target = labels[row] == 1 ? 1.0 : 0.0
            let decay = exp(-abs(score))
            // log(1 + e^score) - target * score, without overflow.
            loss += weights[row] * (max(score, 0) + log1p(decay) - target * score)
            let probability = score >= 0 ? 1 / (1 + decay) : decay / (1 + decay)
            scores[row] = weights[row] * (probability - target)
        }
        return loss
    }

    private func softmax(_ scores: UnsafeMutablePointer<Double>, _ intercepts: UnsafePointer<Double>) -> Double {
        var loss = 0.0
        for row in 0..<rows {
            var highest = -Double.infinity
            for output in 0..<outputs {
                let place = output * rows + row
                scores[place] += intercepts[output]
                highest = max(highest, scores[place])
            }
            let own = scores[labels[row] * rows + row] - highest
            var sum = 0.0
            for output in 0..<outputs {
                let place = output * rows + row
                let power = exp(scores[place] - highest)
                scores[place] = power
                sum += power
            }
            loss += weights[row] * (log(sum) - own)
            let factor = weights[row] / sum
            for output in 0..<outputs { scores[output * rows + row] *= factor }
            scores[labels[row] * rows + row] -= weights[row]
        }
        return loss
    }
}
