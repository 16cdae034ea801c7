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

    /// With shrinking (section 3.3 of the paper): a variable that is 0, and whose derivative is above the largest violation of the
    /// pass before, is left out of the following passes. When the others have converged, all are looked at again.
    func solve() -> Solution {
        let (count, columns) = (rows.rows, rows.columns)
        var weights = [Double](repeating: 0, count: columns)
        var intercept = 0.0
        var alpha = [Double](repeating: 0, count: count)
        let diagonal = rows.squaredNorms().enumerated().map { $0.element + 1 + 0.5 / costs[$0.offset] }
        var order = Array(0..<count)
        var active = count
        var bound = Double.infinity
        var generator = SeededGenerator(seed: parameters.seed, stream: stream)
        var passes = 0
        var reason = StopReason.iterationLimit
        rows.values.withUnsafeBufferPointer { values in
            weights.withUnsafeMutableBufferPointer { weights in
                withUnsafeTemporaryAllocation(of: Double.self, capacity: columns) { sample in
                    // Bounds: weights and sample hold `columns` numbers, values rows * columns.
                    let (weights, sample) = (weights.baseAddress!, sample.baseAddress!)
                    while passes < parameters.maximumPasses {
                        for place in 0..<active { order.swapAt(place, place + generator.next(below: active - place)) }
                        var (highest, lowest) = (-Double.infinity, Double.infinity)
                        var place = 0
                        while place < active {
                            let row = order[place]
                            Self.widen(values.baseAddress! + row * columns, into: sample, count: columns)
                            let score = Self.dot(weights, sample, count: columns) + intercept
                            let slope = signs[row] * score - 1 + alpha[row] * 0.5 / costs[row]
                            if alpha[row] == 0 && slope > bound {
                                active -= 1
                                order.swapAt(place, active)
                                continue
                            }
                            place += 1
                            // At 0 a variable can only grow: a positive derivative is no violation.
                            let projected = alpha[row] == 0 ? min(slope, 0) : slope
                            highest = max(highest, projected)
                            lowest = min(lowest, projected)
                            guard abs(projected) > 1e-12 else { continue }
                            let before = alpha[row]
                            alpha[row] = max(0, before - slope / diagonal[row])
                            let change = (alpha[row] - before) * signs[row]
                            for column in 0..<columns { weights[column] += change * sample[column] }
                            intercept += change
                        }
                        passes += 1
                        bound = highest > 0 ? highest : .infinity
                        // With no row left active, highest and lowest are infinite: nothing is violated.
                        guard active == 0 || highest - lowest < parameters.tolerance else { continue }
                        if active == count {
                            reason = .converged
                            break
                        }
                        active = count
                        bound = .infinity
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

    @inline(__always)
    private static func widen(_ source: UnsafePointer<Float>, into target: UnsafeMutablePointer<Double>, count: Int) {
        for index in 0..<count { target[index] = Double(source[index]) }
    }

    /// Sixteen lanes, then a tail.
    @inline(__always)
    private static func dot(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, count: Int) -> Double {
        func lanes(_ pointer: UnsafePointer<Double>) -> SIMD4<Double> {
            UnsafeRawPointer(pointer).loadUnaligned(as: SIMD4<Double>.self)
        }
        var s0 = SIMD4<Double>.zero
        var (s1, s2, s3) = (s0, s0, s0)
        var index = 0
        while index + 16 <= count {
            s0 += lanes(a + index) * lanes(b + index)
            s1 += lanes(a + index + 4) * lanes(b + index + 4)
            s2 += lanes(a + index + 8) * lanes(b + index + 8)
            s3 += lanes(a + index + 12) * lanes(b + index + 12)
            index += 16
        }
        let four = (s0 + s1) + (s2 + s3)
        var sum = (four.x + four.z) + (four.y + four.w)
        while index < count {
            sum += a[index] * b[index]
            index += 1
        }
        return sum
    }
}
