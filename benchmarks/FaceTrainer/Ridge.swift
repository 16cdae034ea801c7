/// Linear functions with a squared penalty: minimises sum (w · x + b - y)² + penalty |w|².
enum Ridge {
    /// - Parameters:
    ///   - rows: features, one row a sample.
    ///   - targets: one list an output, as long as there are rows.
    /// - Returns: for each output its bias and its weights.
    /// - Complexity: O(rows x columns) a step of conjugate gradients, at most 200 an output.
    static func fit(_ rows: [[Float]], targets: [[Double]], penalty: Double) -> [[Float]] {
        let columns = rows[0].count
        var mean = [Double](repeating: 0, count: columns)
        for row in rows { for j in 0..<columns { mean[j] += Double(row[j]) } }
        for j in 0..<columns { mean[j] /= Double(rows.count) }
        let centred = rows.map { row in (0..<columns).map { row[$0] - Float(mean[$0]) } }
        return targets.map { target in
            let level = target.reduce(0, +) / Double(target.count)
            let weights = solve(centred, target.map { Float($0 - level) }, penalty: Float(penalty))
            let bias = level - zip(weights, mean).reduce(0) { $0 + Double($1.0) * $1.1 }
            return [Float(bias)] + weights
        }
    }

    /// Conjugate gradients on the normal equations.
    private static func solve(_ rows: [[Float]], _ target: [Float], penalty: Float) -> [Float] {
        let columns = rows[0].count
        var weights = [Float](repeating: 0, count: columns)
        var residual = transposed(rows, times: target)
        var direction = residual
        var power = residual.reduce(0) { $0 + $1 * $1 }
        let goal = power * 1e-8
        for _ in 0..<200 where power > goal {
            var image = transposed(rows, times: times(rows, direction))
            for j in 0..<columns { image[j] += penalty * direction[j] }
            var curvature: Float = 0
            for j in 0..<columns { curvature += image[j] * direction[j] }
            let step = power / curvature
            var next: Float = 0
            for j in 0..<columns {
                weights[j] += step * direction[j]
                residual[j] -= step * image[j]
                next += residual[j] * residual[j]
            }
            for j in 0..<columns { direction[j] = residual[j] + next / power * direction[j] }
            power = next
        }
        return weights
    }

    private static func times(_ rows: [[Float]], _ vector: [Float]) -> [Float] {
        rows.map { row in
            var sum = SIMD8<Float>()
            let whole = row.count / 8 * 8
            for j in stride(from: 0, to: whole, by: 8) {
                for k in 0..<8 { sum[k] += row[j + k] * vector[j + k] }
            }
            var total = sum.sum()
            for j in whole..<row.count { total += row[j] * vector[j] }
            return total
        }
    }

    private static func transposed(_ rows: [[Float]], times vector: [Float]) -> [Float] {
        var sum = [Float](repeating: 0, count: rows[0].count)
        for (row, factor) in zip(rows, vector) { for j in 0..<row.count { sum[j] += factor * row[j] } }
        return sum
    }
}
