/// Solves min ½ αᵀ(Q + D)α - Σα, α >= 0, with Q(i, j) = yᵢ yⱼ (xᵢ·xⱼ + 1) and D(i, i) = 1 / (2 Cᵢ), one variable after the other,
/// keeping w = Σ yᵢ αᵢ xᵢ and b = Σ yᵢ αᵢ up to date.
struct DualCoordinateDescent {
    let rows: Matrix
    let signs: [Double]
    let costs: [Double]
    let parameters: LinearSVMParameters
    /// Machines of one fit shuffle differently.
    let stream: Int

    struct Solution {
        var weights: [Double]
        var intercept: Double
        var report: FitReport
    }

    func solve() -> Solution {
        let (count, columns) = (rows.rows, rows.columns)
        var weights = [Double](repeating: 0, count: columns)
        var intercept = 0.0
        var alpha = [Double](repeating: 0, count: count)
        let diagonal = rows.squaredNorms().enumerated().map { $0.element + 1 + 0.5 / costs[$0.offset] }
        var order = Array(0..<count)
        var generator = SeededGenerator(seed: parameters.seed, stream: stream)
        var passes = 0
        var reason = StopReason.iterationLimit
        rows.values.withUnsafeBufferPointer { values in
            weights.withUnsafeMutableBufferPointer { weights in
                while passes < parameters.maximumPasses {
                    generator.shuffle(&order)
                    var (highest, lowest) = (-Double.infinity, Double.infinity)
                    for row in order {
                        let sample = UnsafeBufferPointer(rebasing: values[row * columns..<(row + 1) * columns])
                        let score = Self.dot(weights, sample) + intercept
                        let slope = signs[row] * score - 1 + alpha[row] * 0.5 / costs[row]
                        // At 0 a variable can only grow: a positive derivative is no violation.
                        let projected = alpha[row] == 0 ? min(slope, 0) : slope
                        highest = max(highest, projected)
                        lowest = min(lowest, projected)
                        guard abs(projected) > 1e-12 else { continue }
                        let before = alpha[row]
                        alpha[row] = max(0, before - slope / diagonal[row])
                        let change = (alpha[row] - before) * signs[row]
                        for column in 0..<columns { weights[column] += change * Double(sample[column]) }
                        intercept += change
                    }
                    passes += 1
                    if highest - lowest < parameters.tolerance {
                        reason = .converged
                        break
                    }
                }
            }
        }
        let report = FitReport(iterations: passes, objective: primal(weights, intercept), stopReason: reason)
        return Solution(weights: weights, intercept: intercept, report: report)
    }

    private func primal(_ weights: [Double], _ intercept: Double) -> Double {
        var sum = (weights.reduce(0) { $0 + $1 * $1 } + intercept * intercept) / 2
        for row in 0..<rows.rows {
            var score = intercept
            for (weight, value) in zip(weights, rows.row(row)) { score += weight * Double(value) }
            let miss = max(0, 1 - signs[row] * score)
            sum += costs[row] * miss * miss
        }
        return sum
    }

    /// Four lanes, then a tail. Both buffers are equally long.
    @inline(__always)
    private static func dot(_ weights: UnsafeMutableBufferPointer<Double>, _ sample: UnsafeBufferPointer<Float>) -> Double {
        var (s0, s1, s2, s3) = (0.0, 0.0, 0.0, 0.0)
        var index = 0
        while index + 4 <= sample.count {
            s0 += weights[index] * Double(sample[index])
            s1 += weights[index + 1] * Double(sample[index + 1])
            s2 += weights[index + 2] * Double(sample[index + 2])
            s3 += weights[index + 3] * Double(sample[index + 3])
            index += 4
        }
        while index < sample.count {
            s0 += weights[index] * Double(sample[index])
            index += 1
        }
        return (s0 + s1) + (s2 + s3)
    }
}
