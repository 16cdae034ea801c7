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
    ///   - columns: how many coordinates, m.
    ///   - labels: one a row.
    ///   - coordinates: those of some of the rows, rows x m; asked for a few thousand rows at a time, so that not all need be in one matrix.
    /// - Complexity: O(rows * m²).
    package init(columns: Int, labels: [Int], classCount: Int, threads: Int, coordinates: (_ rows: Range<Int>) -> Matrix) {
        counts = [Double](repeating: 0, count: classCount)
        for label in labels { counts[label] += 1 }
        sums = DoubleMatrix(rows: classCount, columns: columns)
        scatter = DoubleMatrix(rows: columns, columns: columns)
        for start in stride(from: 0, to: labels.count, by: Self.rowsAtOnce) {
            let rows = start..<min(start + Self.rowsAtOnce, labels.count)
            let block = coordinates(rows)
            Self.add(block, labels: labels[rows], to: &sums)
            Self.addLowerHalf(ofScatter: block, to: &scatter, threads: threads)
        }
        scatter.withMutableValues { target in
            for row in 0..<columns { for column in 0..<row { target[column * columns + row] = target[row * columns + column] } }
        }
    }

    private static func add(_ block: Matrix, labels: ArraySlice<Int>, to sums: inout DoubleMatrix) {
        let columns = block.columns
        for (row, label) in labels.enumerated() {
            sums.withMutableValues { target in
                block.values.withUnsafeBufferPointer { values in
                    // Bounds: `row` and `label` have `columns` numbers each.
                    for column in 0..<columns { target[label * columns + column] += Double(values[row * columns + column]) }
                }
            }
        }
    }

    /// Rows whose products are summed at once, in double precision: the least directions of a scatter lie far below the largest.
    private static let rowsAtOnce = 2048
    /// Coordinates of a block: of each, only products with those up to its own end are formed.
    private static let coordinatesAtOnce = 128

    /// Adds Σ p·pᵀ of a block of rows, on and below the diagonal, in an order of additions that depends on nothing but the rows.
    private static func addLowerHalf(ofScatter block: Matrix, to scatter: inout DoubleMatrix, threads: Int) {
        let (size, count) = (block.columns, block.rows)
        var part = [Double](repeating: 0, count: min(coordinatesAtOnce, size) * size)
        let turned = block.transposed().converted(to: Double.self)
        scatter.withMutableValues { target in
            turned.values.withUnsafeBufferPointer { values in
                part.withUnsafeMutableBufferPointer { part in
                    guard let sums = part.baseAddress else { return }
                    for first in stride(from: 0, to: size, by: coordinatesAtOnce) {
                        // Bounds: coordinates first..<end of `size`, with `count` numbers each in `values`; sums of
                        // (end - first) x end in `part`.
                        let end = min(first + coordinatesAtOnce, size)
                        DoubleProducts.multiply(
                            UnsafeBufferPointer(rebasing: values[(first * count)..<(end * count)]), rowsA: end - first,
                            UnsafeBufferPointer(rebasing: values[..<(end * count)]), rowsB: end, columns: count, into: sums,
                            threads: threads)
                        for row in first..<end {
                            for column in 0...row { target[row * size + column] += sums[(row - first) * end + column] }
                        }
                    }
                }
            }
        }
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
