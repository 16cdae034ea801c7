import Learn
import Testing

/// The kernels against sums written out, over shapes that fill their tiles and shapes that do not.
@Suite struct ProductsTests {
    static let shapes = [(1, 1, 1), (2, 5, 7), (3, 4, 8), (4, 3, 9), (7, 13, 31), (25, 65, 300), (50, 9, 513), (26, 70, 16)]

    private func random(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix {
        var generator = SeededGenerator(seed: seed)
        return Matrix(rows: rows, columns: columns, values: (0..<rows * columns).map { _ in Float(generator.uniform() * 4 - 2) })
    }

    private func plain(_ a: Matrix, _ b: Matrix) -> DoubleMatrix {
        var result = DoubleMatrix(rows: a.rows, columns: b.rows)
        for row in 0..<a.rows {
            for other in 0..<b.rows {
                result[row, other] = (0..<a.columns).reduce(0) { $0 + Double(a[row, $1]) * Double(b[other, $1]) }
            }
        }
        return result
    }

    @Test(arguments: shapes) func productsEqualPlainSums(rows: Int, others: Int, columns: Int) throws {
        let a = random(rows, columns, seed: 1)
        let b = random(others, columns, seed: 2)
        let expected = plain(a, b)
        // Half an ulp for each of up to 32 additions a lane, adding up at random (sqrt 32 < 6), of products up to 4.
        let tolerance = 6 * Double(Float.ulpOfOne / 2) * 4 * Double(columns)
        #expect(worstDifference(try a.multiplied(byTransposeOf: b, threads: 1).values, expected.values) < tolerance)
        #expect(worstDifference(a.gram(threads: 1).values, plain(a, a).values) < tolerance)
        let wide = try a.converted(to: Double.self).multiplied(byTransposeOf: b.converted(to: Double.self), threads: 1)
        #expect(worstDifference(wide.values, expected.values) < 1e-12 * Double(columns))
    }

    @Test(arguments: shapes) func threadsChangeNothing(rows: Int, others: Int, columns: Int) throws {
        let a = random(rows, columns, seed: 3)
        let b = random(others, columns, seed: 4)
        #expect(a.gram(threads: 1) == a.gram(threads: 5))
        #expect(try a.multiplied(byTransposeOf: b, threads: 1) == b.multiplied(byTransposeOf: a, threads: 3).transposed())
        #expect(try a.gram(threads: 2) == a.multiplied(byTransposeOf: a, threads: 2))
    }

    @Test func vectorsAndMismatchesAndEmptiness() throws {
        let a = random(5, 9, seed: 5)
        let x = Array(a.row(2))
        #expect(worstDifference(try a.times(x, threads: 1), (0..<5).map { plain(a, a)[$0, 2] }) < 1e-5)
        #expect(throws: LearnError.featureCountMismatch(expected: 9, found: 8)) { try a.times(Array(x.dropLast()), threads: 1) }
        #expect(Matrix(rows: 0, columns: 9).gram(threads: 2).values.isEmpty)
        #expect(Matrix(rows: 2, columns: 0).gram(threads: 2).values == [0, 0, 0, 0])
        #expect(throws: LearnError.featureCountMismatch(expected: 2, found: 1)) { try Matrix([[1, 2], [3]]) }
        #expect(a.transposed().transposed() == a)
    }
}
