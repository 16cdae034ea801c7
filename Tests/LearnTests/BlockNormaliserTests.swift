import Learn
import Testing

@Suite struct BlockNormaliserTests {
    @Test func everyBlockHasTheSameEnergy() throws {
        var rows = Blobs(sizes: [9, 8], columns: 13, spread: 1, seed: 3).rows
        for row in 0..<rows.rows {
            for column in 0..<5 { rows[row, column] = rows[row, column] * 1000 + 7 }
            rows[row, 12] = 5
        }
        let lengths = [5, 7, 1]
        let step = try BlockNormaliser(fitting: rows, lengths: lengths)
        let scaled = try step.transform(rows)
        var first = 0
        for (block, length) in lengths.enumerated() {
            var energy = 0.0
            for row in 0..<rows.rows {
                for column in first..<first + length { energy += Double(scaled[row, column]) * Double(scaled[row, column]) }
            }
            // The last block is constant: it has nothing to weigh.
            #expect(abs(energy / Double(rows.rows) - (block == 2 ? 0 : 1)) < 1e-6, "block \(block)")
            first += length
        }
        for column in 0..<13 {
            let sum = (0..<rows.rows).reduce(0.0) { $0 + Double(scaled[$1, column]) }
            #expect(abs(sum) < 1e-5, "column \(column) is centred")
        }
    }

    @Test func relationsInsideABlockStay() throws {
        // Two columns of spread 1 and 3 keep their ratio: variances 1 and 9, scale sqrt(10).
        let rows = try Matrix([[-1, 3, 10], [1, -3, 20], [-1, -3, 10], [1, 3, 20]])
        let step = try BlockNormaliser(fitting: rows, lengths: [2, 1])
        #expect(step.mean == [0, 0, 15])
        let root = Double(10).squareRoot()
        #expect(step.scale == [root, 5])
        let second = [Float(1 / root), Float(-3 / root), 1]
        #expect(Array(try step.transform(rows).row(1)) == second)
    }

    @Test func wrongLengthsAreNamed() throws {
        let rows = Blobs(sizes: [3, 3], columns: 4, spread: 1, seed: 1).rows
        for lengths in [[], [4, 0], [-1, 5], [3], [2, 3]] {
            #expect(
                throws: LearnError.invalidParameter(
                    name: "blockLengths", value: "\(lengths)", allowed: "positive numbers with sum 4, the columns")
            ) { try BlockNormaliser(fitting: rows, lengths: lengths) }
        }
        #expect(throws: LearnError.empty(what: "rows")) { try BlockNormaliser(fitting: Matrix(rows: 0, columns: 4), lengths: [4]) }
        let step = try BlockNormaliser(fitting: rows, lengths: [4])
        #expect(throws: LearnError.featureCountMismatch(expected: 4, found: 3)) { try step.transform(Matrix(rows: 1, columns: 3)) }
    }
}
