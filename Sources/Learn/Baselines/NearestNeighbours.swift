import Foundation
import Support

/// Settings of k nearest neighbours.
public struct NeighbourParameters: Sendable, Hashable, Codable {
    /// How much a neighbour's vote counts.
    public enum Weighting: String, Sendable, Hashable, Codable {
        /// Every neighbour's vote counts 1.
        case uniform
        /// A vote counts 1 / distance; rows at distance 0 outvote all others.
        case distance
    }

    /// k, the rows that vote; 1 or more.
    public var neighbours: Int
    /// How much each of them counts.
    public var weighting: Weighting

    /// k nearest neighbours, each with one vote.
    public init(neighbours: Int = 5, weighting: Weighting = .uniform) {
        self.neighbours = neighbours
        self.weighting = weighting
    }

    /// - Throws: ``LearnError/invalidParameter(name:value:allowed:)`` for less than one neighbour.
    public func validate() throws(LearnError) {
        guard neighbours >= 1 else {
            throw LearnError.invalidParameter(name: "neighbours", value: "\(neighbours)", allowed: "1 or more")
        }
    }
}

/// Votes of the training rows nearest in Euclidean distance; of equally near ones, those with the lower row number.
///
/// Rows whose distance is below a millionth of their lengths are at distance 0: rounding to single precision alone can part them
/// so far.
public struct NearestNeighbours: Classifier {
    /// Labels are 0..<classCount.
    public let classCount: Int
    /// The settings it was made with.
    public let parameters: NeighbourParameters
    /// The training rows.
    package let rows: Matrix
    /// Their labels.
    package let labels: [Int]

    /// Columns that rows must have.
    public var featureCount: Int { rows.columns }

    init(classCount: Int, parameters: NeighbourParameters, rows: Matrix, labels: [Int]) {
        self.classCount = classCount
        self.parameters = parameters
        self.rows = rows
        self.labels = labels
    }

    /// Keeps the samples.
    /// - Throws: ``LearnError/invalidParameter(name:value:allowed:)`` for less than one neighbour or more than there are rows.
    public static func fit(_ samples: LabelledRows, parameters: NeighbourParameters) throws(LearnError) -> Self {
        try parameters.validate()
        guard parameters.neighbours <= samples.rows.rows else {
            throw LearnError.invalidParameter(
                name: "neighbours", value: "\(parameters.neighbours)", allowed: "1 to the number of rows, \(samples.rows.rows)")
        }
        return Self(classCount: samples.classCount, parameters: parameters, rows: samples.rows, labels: samples.labels)
    }

    /// Shares of the neighbours' votes: rows x classes, each row summing to 1.
    /// - Throws: ``LearnError/featureCountMismatch(expected:found:)``.
    /// - Complexity: O(rows * training rows * (columns + log training rows)).
    public func proportions(_ queries: Matrix, threads: Int = .allCores) throws(LearnError) -> DoubleMatrix {
        try queries.requireColumns(featureCount)
        let products = try queries.multiplied(byTransposeOf: rows, threads: threads)
        let norms = rows.squaredNorms()
        let votes = Parallel.map(queries.rows, threads: threads) { query in
            shares(queries.row(query), products: products.row(query), norms: norms)
        }
        return DoubleMatrix(rows: queries.rows, columns: classCount, values: votes.flatMap { $0 })
    }

    /// Shares of the votes about one row.
    private func shares(_ query: ArraySlice<Float>, products: ArraySlice<Double>, norms: [Double]) -> [Double] {
        let nearest = nearest(query, products: products, norms: norms)
        let hasTwin = nearest[0].distance == 0
        var votes = [Double](repeating: 0, count: classCount)
        for (row, distance) in nearest {
            switch parameters.weighting {
            case .uniform: votes[labels[row]] += 1
            case .distance where hasTwin: votes[labels[row]] += distance == 0 ? 1 : 0
            case .distance: votes[labels[row]] += 1 / distance.squareRoot()
            }
        }
        let total = votes.reduce(0, +)
        return votes.map { $0 / total }
    }

    /// The nearest rows with their squared distances, nearest first.
    ///
    /// |q|² + |r|² - 2 q·r is quick but rounded; it names every row that may be among the nearest, and only their distances are then
    /// taken from the differences, so that equally far rows are equally far.
    private func nearest(
        _ query: ArraySlice<Float>, products: ArraySlice<Double>, norms: [Double]
    ) -> [(row: Int, distance: Double)] {
        let norm = query.reduce(0) { $0 + Double($1) * Double($1) }
        let start = products.startIndex
        // Products of very large numbers leave single precision: such rows are always looked at.
        let rough = norms.indices.map { row in
            let distance = norm + norms[row] - 2 * products[start + row]
            return distance.isFinite ? distance : -.infinity
        }
        // Inner products are good to 1e-6 of the lengths, by far (see docs/learning.md, Numbers).
        let slack = 1e-6 * (norm + (norms.max() ?? 0))
        let bound = rough.sorted()[parameters.neighbours - 1] + 2 * slack
        return rough.indices.filter { rough[$0] <= bound }.map { row in
            let distance = zip(query, rows.row(row)).reduce(0) {
                $0 + (Double($1.0) - Double($1.1)) * (Double($1.0) - Double($1.1))
            }
            return (row, distance > 1e-12 * (norm + norms[row]) ? distance : 0)
        }
        .sorted { ($0.1, $0.0) < ($1.1, $1.0) }
        .prefix(parameters.neighbours).map { $0 }
    }

    /// The class with most votes; the first of equals.
    public func predict(_ rows: Matrix, threads: Int) throws(LearnError) -> [Int] {
        try proportions(rows, threads: threads).rowArgmax()
    }

    /// log((p * k + 1/2) / (k + classes/2)): the logarithm of the vote shares, kept finite.
    public func scores(_ rows: Matrix, threads: Int) throws(LearnError) -> DoubleMatrix {
        RandomForest.scores(try proportions(rows, threads: threads), trees: parameters.neighbours)
    }
}
