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
