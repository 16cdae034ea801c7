import Foundation
import Support

/// How much the rows of a matrix are neighbours: the symmetric probabilities p_ij of t-SNE, kept for near pairs alone.
package struct Affinities: Sendable {
    /// Neighbours of row i are `columns[starts[i]..<starts[i + 1]]`, ascending.
    package let starts: [Int]
    package let columns: [Int]
    /// p_ij of those; all of them sum to 1.
    package let values: [Double]

    var count: Int { starts.count - 1 }

    /// - Parameter neighbours: how many nearest rows each row looks at, 1 to rows - 1.
    /// - Complexity: O(n² d).
    package init(of rows: DoubleMatrix, neighbours: Int, perplexity: Double, threads: Int) throws(LearnError) {
        let near = try Self.nearest(rows, neighbours, threads: threads)
        let conditional = Parallel.map(rows.rows, threads: threads) { row in
            Self.probabilities(of: near[row].map(\.distance), perplexity: perplexity)
        }
        // p_ij = (p_j|i + p_i|j) / 2n for a pair in which either is the other's neighbour.
        var joint = [[(column: Int, value: Double)]](repeating: [], count: rows.rows)
        let scale = 1 / (2 * Double(rows.rows))
        for row in 0..<rows.rows {
            for (neighbour, value) in zip(near[row], conditional[row]) {
                joint[row].append((neighbour.row, value * scale))
                joint[neighbour.row].append((row, value * scale))
            }
        }
        var starts = [0]
        var columns: [Int] = []
        var values: [Double] = []
        for row in joint {
            for (column, value) in row.sorted(by: { $0.column < $1.column }) {
                // Of a pair that names each other both halves are added; addition of two numbers does not depend on their order.
                if columns.count > starts[starts.count - 1], columns.last == column {
                    values[values.count - 1] += value
                } else {
                    columns.append(column)
                    values.append(value)
                }
            }
            starts.append(columns.count)
        }
        self.starts = starts
        self.columns = columns
        self.values = values
    }

    private typealias Neighbour = (row: Int, distance: Double)

    /// The nearest rows of each row by squared distance, of equals the earlier; itself left out.
    private static func nearest(_ rows: DoubleMatrix, _ count: Int, threads: Int) throws(LearnError) -> [[Neighbour]] {
        let norms = (0..<rows.rows).map { rows.row($0).reduce(0) { $0 + $1 * $1 } }
        var all: [[Neighbour]] = []
        // A few rows against all at a time bound the memory.
        for start in stride(from: 0, to: rows.rows, by: 256) {
            let block = Array(start..<min(start + 256, rows.rows))
            let products = try rows.selecting(rows: block).multiplied(byTransposeOf: rows, threads: threads)
            all += Parallel.map(block.count, threads: threads) { place -> [Neighbour] in
                let row = block[place]
                let others = (0..<rows.rows).filter { $0 != row }.map { other -> Neighbour in
                    (other, max(0, norms[row] + norms[other] - 2 * products[place, other]))
                }
                guard count < others.count else { return others }
                return Array(others.sorted { ($0.distance, $0.row) < ($1.distance, $1.row) }.prefix(count))
            }
        }
        return all
    }

    /// p_j|i for the squared distances of one row's neighbours: exp(-b d²), normalised, of the wanted perplexity.
    ///
    /// b is found by halving in at most 100 steps; where all distances are equal every b gives the same.
    static func probabilities(of distances: [Double], perplexity: Double) -> [Double] {
        let least = distances.min() ?? 0
        let wanted = log(perplexity)
        var (low, high) = (0.0, Double.infinity)
        var beta = 1.0
        var weights: [Double] = []
        for _ in 0..<100 {
            weights = distances.map { exp(-beta * ($0 - least)) }
            let sum = weights.reduce(0, +)
            weights = weights.map { $0 / sum }
            let entropy = -weights.reduce(0) { $1 > 0 ? $0 + $1 * log($1) : $0 }
            if abs(entropy - wanted) < 1e-6 { break }
            if entropy > wanted { low = beta } else { high = beta }
            beta = high.isFinite ? (low + high) / 2 : beta * 2
        }
        return weights
    }
}
