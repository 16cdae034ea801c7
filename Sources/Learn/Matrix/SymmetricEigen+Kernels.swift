/// Eigenvalues and eigenvectors of a symmetric matrix: Householder reduction to tridiagonal form, then the QL method with implicit
/// shifts (Golub and Van Loan, "Matrix Computations", 4th edition, chapter 8.3).
///
/// Vectors are kept as rows, so that every inner loop runs along contiguous memory.
struct SymmetricEigen {
    /// Descending.
    let values: [Double]
    /// Row k is the unit eigenvector of `values[k]`.
    let vectors: DoubleMatrix

    /// - Precondition: `matrix` is square and symmetric; only its lower triangle is read.
    /// - Throws: ``LearnError/diverged(solver:iteration:)`` when an eigenvalue is not found in 60 steps, which finite input does not
    ///   produce.
    /// - Complexity: O(n³).
    init(_ matrix: DoubleMatrix) throws(LearnError) {
        let count = matrix.rows
        guard count > 0 else {
            values = []
            vectors = matrix
            return
        }
        var work = matrix
        var diagonal = [Double](repeating: 0, count: count)
        var beside = diagonal
        var reflections = [Double](repeating: 0, count: count)
        work.withMutableValues { Self.reduce($0, count, &diagonal, &beside, &reflections) }
        var rows = DoubleMatrix(rows: count, columns: count)
        for index in 0..<count { rows[index, index] = 1 }
        work.withMutableValues { source in
            rows.withMutableValues { Self.accumulate(source, count, reflections, into: $0) }
        }
        let failed = rows.withMutableValues { Self.rotate(&diagonal, &beside, $0, count) }
        if let failed { throw LearnError.diverged(solver: "eigenvalues", iteration: failed) }
        let order = diagonal.indices.sorted { (diagonal[$1], $0) < (diagonal[$0], $1) }
        values = order.map { diagonal[$0] }
        vectors = rows.selecting(rows: order)
    }

    /// Brings A to tridiagonal form from the last row upwards. Row i keeps the Householder vector that cleared it, `reflections[i]`
    /// the factor 2 / |v|² (0 where nothing had to be cleared).
    private static func reduce(
        _ a: UnsafeMutablePointer<Double>, _ n: Int, _ diagonal: inout [Double], _ beside: inout [Double], _ reflections: inout [Double]
    ) {
        var product = [Double](repeating: 0, count: n)
        for i in stride(from: n - 1, to: 0, by: -1) {
            let row = a + i * n
            diagonal[i] = row[i]
            var largest = 0.0
            for k in 0..<i - 1 { largest = max(largest, abs(row[k])) }
            guard i > 1, largest > 0 else {
                beside[i] = row[i - 1]
                continue
            }
            var squares = 0.0
            for k in 0..<i { squares += row[k] * row[k] }
            let length = squares.squareRoot() * (row[i - 1] > 0 ? -1 : 1)
            beside[i] = length
            // v = x - length * e: the reflection takes x to length * e.
            let half = squares - row[i - 1] * length
            row[i - 1] -= length
            let factor = 1 / half
            reflections[i] = factor
            // p = factor * A v, from the lower triangle alone.
            for k in 0..<i { product[k] = 0 }
            for j in 0..<i {
                let other = a + j * n
                let weight = row[j]
                var sum = 0.0
                for k in 0..<j {
                    sum += other[k] * row[k]
                    product[k] += weight * other[k]
                }
                product[j] += sum + other[j] * weight
            }
            var inner = 0.0
            for k in 0..<i {
                product[k] *= factor
                inner += product[k] * row[k]
            }
            let correction = inner * factor / 2
            for k in 0..<i { product[k] -= correction * row[k] }
            for j in 0..<i {
                let other = a + j * n
                let (weight, change) = (row[j], product[j])
                for k in 0...j { other[k] -= weight * product[k] + change * row[k] }
            }
        }
        diagonal[0] = a[0]
    }

    /// Multiplies the reflections together: A = Q T Qᵀ with Q = H(n-1) ... H(2), and `rows` (the identity before) becomes
    /// Qᵀ = H(2) ... H(n-1). H(i) acts on the first i coordinates, where rows from i on are still those of the identity.
    private static func accumulate(
        _ a: UnsafeMutablePointer<Double>, _ n: Int, _ reflections: [Double], into rows: UnsafeMutablePointer<Double>
    ) {
        for i in 0..<n where reflections[i] != 0 {
            let vector = a + i * n
            for r in 0..<i {
                let row = rows + r * n
                var sum = 0.0
                for k in 0..<i { sum += row[k] * vector[k] }
                sum *= reflections[i]
                for k in 0..<i { row[k] -= sum * vector[k] }
            }
        }
    }

    /// The QL method on the tridiagonal matrix; rotations are applied to pairs of rows.
    /// - Returns: the number of the eigenvalue that was not found, if one was not.
    private static func rotate(
        _ d: inout [Double], _ e: inout [Double], _ rows: UnsafeMutablePointer<Double>, _ n: Int
    ) -> Int? {
        for i in 1..<max(n, 1) { e[i - 1] = e[i] }
        e[n - 1] = 0
        for l in 0..<n {
            var steps = 0
            while true {
                var m = l
                while m < n - 1, abs(e[m]) > Double.ulpOfOne * (abs(d[m]) + abs(d[m + 1])) { m += 1 }
                if m == l { break }
                guard steps < 60 else { return l }
                steps += 1
                let lean = (d[l + 1] - d[l]) / (2 * e[l])
                let root = (lean * lean + 1).squareRoot()
                var g = d[m] - d[l] + e[l] / (lean + (lean >= 0 ? root : -root))
                var (s, c, p) = (1.0, 1.0, 0.0)
                var i = m - 1
                var isSplit = false
                while i >= l {
                    let f = s * e[i]
                    let b = c * e[i]
                    let r = (f * f + g * g).squareRoot()
                    e[i + 1] = r
                    if r == 0 {
                        d[i + 1] -= p
                        e[m] = 0
                        isSplit = true
                        break
                    }
                    s = f / r
                    c = g / r
                    g = d[i + 1] - p
                    let turn = (d[i] - g) * s + 2 * c * b
                    p = s * turn
                    d[i + 1] = g + p
                    g = c * turn - b
                    let (upper, lower) = (rows + i * n, rows + (i + 1) * n)
                    for k in 0..<n {
                        let (x, y) = (upper[k], lower[k])
                        lower[k] = s * x + c * y
                        upper[k] = c * x - s * y
                    }
                    i -= 1
                }
                if isSplit { continue }
                d[l] -= p
                e[l] = g
                e[m] = 0
            }
        }
        return nil
    }
}
