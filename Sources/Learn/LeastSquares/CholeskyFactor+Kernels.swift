/// The lower triangular L of a symmetric positive definite matrix M = L·Lᵀ.
package struct CholeskyFactor: Sendable {
    /// Row i has i + 1 numbers.
    private let lower: [[Double]]

    /// - Precondition: `matrix` is square; only its lower triangle is read.
    /// - Throws: ``LearnError/diverged(solver:iteration:)`` where the matrix is not positive definite.
    /// - Complexity: O(n³).
    package init(_ matrix: DoubleMatrix) throws(LearnError) {
        var lower: [[Double]] = []
        for i in 0..<matrix.rows {
            var row: [Double] = []
            row.reserveCapacity(i + 1)
            for j in 0...i {
                let rest = matrix[i, j] - dotPrefix(row, j < i ? lower[j] : row, count: j)
                if j < i {
                    row.append(rest / lower[j][j])
                } else {
                    guard rest > 0 else { throw LearnError.diverged(solver: "Cholesky factorisation", iteration: i) }
                    row.append(rest.squareRoot())
                }
            }
            lower.append(row)
        }
        self.lower = lower
    }

    package var count: Int { lower.count }

    /// x with L·x = b.
    /// - Complexity: O(n²).
    package func forward(_ b: [Double]) -> [Double] {
        var x: [Double] = []
        x.reserveCapacity(count)
        for i in 0..<count { x.append((b[i] - dotPrefix(lower[i], x, count: i)) / lower[i][i]) }
        return x
    }

    /// x with Lᵀ·x = b.
    /// - Complexity: O(n²).
    package func backward(_ b: [Double]) -> [Double] {
        var x = b
        for i in (0..<count).reversed() {
            x[i] /= lower[i][i]
            subtract(x[i], lower[i], fromFirst: i, of: &x)
        }
        return x
    }

    /// x with M·x = b.
    /// - Complexity: O(n²).
    package func solve(_ b: [Double]) -> [Double] { backward(forward(b)) }

    /// X with M·X = B, all columns of B at once: `solve` a column at a time, along rows.
    /// - Precondition: B has `count` rows.
    /// - Complexity: O(n²) a column.
    package func solve(columnsOf b: DoubleMatrix) -> DoubleMatrix {
        precondition(b.rows == count, "\(b.rows) rows where \(count) are solved for")
        var x = b
        let columns = b.columns
        var sums = [Double](repeating: 0, count: columns)
        x.values.withUnsafeMutableBufferPointer { x in
            sums.withUnsafeMutableBufferPointer { sums in
                for i in 0..<count {
                    sums.update(repeating: 0)
                    for j in 0..<i {
                        let factor = lower[i][j]
                        for column in 0..<columns { sums[column] += factor * x[j * columns + column] }
                    }
                    let pivot = lower[i][i]
                    for column in 0..<columns { x[i * columns + column] = (x[i * columns + column] - sums[column]) / pivot }
                }
                for i in (0..<count).reversed() {
                    let pivot = lower[i][i]
                    for column in 0..<columns { x[i * columns + column] /= pivot }
                    for j in 0..<i {
                        let factor = lower[i][j]
                        for column in 0..<columns { x[j * columns + column] -= factor * x[i * columns + column] }
                    }
                }
            }
        }
        return x
    }
}

/// target(j) -= factor * v(j) for the first `count` places.
private func subtract(_ factor: Double, _ v: [Double], fromFirst count: Int, of target: inout [Double]) {
    v.withUnsafeBufferPointer { v in
        target.withUnsafeMutableBufferPointer { target in
            for index in 0..<count { target[index] -= factor * v[index] }
        }
    }
}

/// The sum of the first `count` products.
private func dotPrefix(_ u: [Double], _ v: [Double], count: Int) -> Double {
    u.withUnsafeBufferPointer { u in
        v.withUnsafeBufferPointer { v in
            var lanes = SIMD4<Double>.zero
            var index = 0
            while index + 4 <= count {
                lanes += load(u, index) * load(v, index)
                index += 4
            }
            var sum = (lanes.x + lanes.y) + (lanes.z + lanes.w)
            while index < count {
                sum += u[index] * v[index]
                index += 1
            }
            return sum
        }
    }
}

/// Four numbers from `index` on; the caller sees to it that they are inside.
@inline(__always)
private func load(_ buffer: UnsafeBufferPointer<Double>, _ index: Int) -> SIMD4<Double> {
    UnsafeRawPointer(buffer.baseAddress! + index).loadUnaligned(as: SIMD4<Double>.self)
}
