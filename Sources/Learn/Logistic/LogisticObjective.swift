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

/// The objective over weights: x = [W (outputs x columns), b (outputs)], plain inner product. For columns <= rows.
struct PrimalLogisticObjective: SmoothObjective {
    let loss: LogisticLoss
    /// rows x columns, and the same transposed.
    let samples: DoubleMatrix
    let transposed: DoubleMatrix
    let threads: Int
    /// C times the sum of row weights.
    let totalWeight: Double

    mutating func evaluate(_ x: [Double], _ mx: [Double], gradient: inout [Double]) -> Double {
        let (outputs, rows, columns) = (loss.outputs, loss.rows, samples.columns)
        let weights = outputs * columns
        var scores = [Double](repeating: 0, count: outputs * rows)
        var value = 0.0
        scores.withUnsafeMutableBufferPointer { scores in
            x.withUnsafeBufferPointer { x in
                samples.values.withUnsafeBufferPointer {
                    DoubleProducts.multiply(
                        x, rowsA: outputs, $0, rowsB: rows, columns: columns, into: scores.baseAddress!, threads: threads)
                }
                value = loss.lossAndResiduals(scores.baseAddress!, intercepts: x.baseAddress! + weights)
            }
            gradient.withUnsafeMutableBufferPointer { gradient in
                transposed.values.withUnsafeBufferPointer {
                    DoubleProducts.multiply(
                        UnsafeBufferPointer(scores), rowsA: outputs, $0, rowsB: columns, columns: rows, into: gradient.baseAddress!,
                        threads: threads)
                }
                var penalty = 0.0
                for place in 0..<weights {
                    gradient[place] += x[place]
                    penalty += x[place] * x[place]
                }
                value += penalty / 2
                for output in 0..<outputs {
                    gradient[weights + output] = (0..<rows).reduce(0) { $0 + scores[output * rows + $1] }
                }
            }
        }
        return value
    }

    func metric(_ v: [Double], into result: inout [Double]) { result = v }

    func violation(gradient: [Double], metricGradient: [Double]) -> Double {
        gradient.reduce(0) { max($0, abs($1)) } / totalWeight
    }
}

/// The objective over sample coefficients: x = [A (outputs x rows), b (outputs)] with W = A·X, so that F = A·G with the Gram matrix
/// G = X·Xᵀ and |W|² = Σ A∘F. The gradient with respect to W is (residuals + A)·X, in these coordinates residuals + A. For
/// columns > rows, where G is the smaller matrix.
struct GramLogisticObjective: SmoothObjective {
    let loss: LogisticLoss
    let products: SampleProducts
    let totalWeight: Double
    /// Of the samples: turns a gradient's length in sample space into a bound on single derivatives.
    let columns: Int

    mutating func evaluate(_ x: [Double], _ mx: [Double], gradient: inout [Double]) -> Double {
        let (outputs, rows) = (loss.outputs, loss.rows)
        let weights = outputs * rows
        gradient = mx
        var value = 0.0
        gradient.withUnsafeMutableBufferPointer { gradient in
            x.withUnsafeBufferPointer { x in
                var penalty = 0.0
                for place in 0..<weights { penalty += x[place] * gradient[place] }
                value = loss.lossAndResiduals(gradient.baseAddress!, intercepts: x.baseAddress! + weights) + penalty / 2
                for output in 0..<outputs {
                    gradient[weights + output] = (0..<rows).reduce(0) { $0 + gradient[output * rows + $1] }
                }
                for place in 0..<weights { gradient[place] += x[place] }
            }
        }
        return value
    }

    func metric(_ v: [Double], into result: inout [Double]) {
        let (outputs, rows) = (loss.outputs, loss.rows)
        result.withUnsafeMutableBufferPointer { result in
            v.withUnsafeBufferPointer { v in
                products.apply(v.baseAddress!, outputs: outputs, into: result.baseAddress!)
                for place in outputs * rows..<v.count { result[place] = v[place] }
            }
        }
    }

    /// The root mean square derivative (the exact largest one would need the features again), or the largest intercept's.
    func violation(gradient: [Double], metricGradient: [Double]) -> Double {
        let weights = loss.outputs * loss.rows
        var squares = 0.0
        for place in 0..<weights { squares += gradient[place] * metricGradient[place] }
        let typical = (max(0, squares) / Double(columns * loss.outputs)).squareRoot()
        let intercept = gradient[weights...].reduce(0) { max($0, abs($1)) }
        return max(typical, intercept) / totalWeight
    }
}
