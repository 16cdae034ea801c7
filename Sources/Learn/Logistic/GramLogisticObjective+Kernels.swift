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
