import Support

/// Sums over rows from which a discriminant analysis is made: how many rows each class has, their sum, and the sum of all p·pᵀ. Sums of some
/// rows can be taken off those of all, so that a fold costs no more than its test rows.
package struct ClassMoments: Sendable {
    /// Rows of each class.
    package private(set) var counts: [Double]
    /// classes x coordinates
    package private(set) var sums: DoubleMatrix
    /// coordinates x coordinates
    package private(set) var scatter: DoubleMatrix

    /// - Parameters:
    ///   - products: the rows' coordinates, rows x m.
    ///   - labels: one a row.
    /// - Complexity: O(rows * m²).
    package init(products: Matrix, labels: [Int], classCount: Int, threads: Int) {
        counts = [Double](repeating: 0, count: classCount)
        var sums = DoubleMatrix(rows: classCount, columns: products.columns)
        let columns = products.columns
        for (row, label) in labels.enumerated() {
            counts[label] += 1
            sums.withMutableValues { target in
                products.values.withUnsafeBufferPointer { values in
                    // Bounds: `row` and `label` have `columns` numbers each.
                    for column in 0..<columns { target[label * columns + column] += Double(values[row * columns + column]) }
                }
            }
        }
        self.sums = sums
        scatter = Self.scatter(products, threads: threads)
    }

    /// Rows whose products are summed at once, in double precision: the least directions of a scatter lie far below the largest.
    private static let rowsAtOnce = 2048
    /// Coordinates of a block: of each, only products with those up to its own end are formed.
    private static let coordinatesAtOnce = 128

    /// Σ p·pᵀ, in an order of additions that depends on nothing but the rows.
    private static func scatter(_ products: Matrix, threads: Int) -> DoubleMatrix {
        let size = products.columns
        var scatter = DoubleMatrix(rows: size, columns: size)
        var part = [Double](repeating: 0, count: min(coordinatesAtOnce, size) * size)
        for start in stride(from: 0, to: products.rows, by: rowsAtOnce) {
            let rows = Array(start..<min(start + rowsAtOnce, products.rows))
            let turned = products.selecting(rows: rows).transposed().converted(to: Double.self)
            scatter.withMutableValues { target in
                turned.values.withUnsafeBufferPointer { values in
                    part.withUnsafeMutableBufferPointer { part in
                        guard let sums = part.baseAddress else { return }
                        for first in stride(from: 0, to: size, by: coordinatesAtOnce) {
                            // Bounds: coordinates first..<end of `size`, with `rows.count` numbers each in `values`; sums of
                            // (end - first) x end in `part`.
                            let end = min(first + coordinatesAtOnce, size)
                            DoubleProducts.multiply(
                                UnsafeBufferPointer(rebasing: values[(first * rows.count)..<(end * rows.count)]), rowsA: end - first,
                                UnsafeBufferPointer(rebasing: values[..<(end * rows.count)]), rowsB: end, columns: rows.count, into: sums,
                                threads: threads)
                            for row in first..<end {
                                for column in 0...row { target[row * size + column] += sums[(row - first) * end + column] }
                            }
                        }
                    }
                }
            }
        }
        scatter.withMutableValues { target in
            for row in 0..<size { for column in 0..<row { target[column * size + row] = target[row * size + column] } }
        }
        return scatter
    }

    /// The sums without those of some of the rows.
    package func removing(_ other: ClassMoments) -> ClassMoments {
        var rest = self
        for label in counts.indices { rest.counts[label] -= other.counts[label] }
        rest.sums.subtract(other.sums)
        rest.scatter.subtract(other.scatter)
        return rest
    }

    /// The sums of some classes, renumbered in their order; the scatter must hold no rows of others.
    package func selecting(classes: [Int]) -> ClassMoments {
        var selected = self
        selected.counts = classes.map { counts[$0] }
        selected.sums = sums.selecting(rows: classes)
        return selected
    }
}

extension DenseMatrix where Scalar == Double {
    fileprivate mutating func subtract(_ other: DoubleMatrix) {
        precondition(rows == other.rows && columns == other.columns, "matrices of one shape")
        withMutableValues { target in
            other.values.withUnsafeBufferPointer { values in
                // Bounds: both have rows * columns numbers.
                for place in 0..<values.count { target[place] -= values[place] }
            }
        }
    }
}
