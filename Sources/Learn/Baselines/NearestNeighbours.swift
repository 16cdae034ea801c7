import Foundation

/// Settings of k nearest neighbours.
public struct NeighbourParameters: Sendable, Hashable, Codable {
    public enum Weighting: String, Sendable, Hashable, Codable {
        /// Every neighbour's vote counts 1.
        case uniform
        /// A vote counts 1 / distance; rows at distance 0 outvote all others.
        case distance
    }

    public var neighbours: Int
    public var weighting: Weighting

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
public struct NearestNeighbours: Classifier, Equatable {
    public let classCount: Int
    public let parameters: NeighbourParameters
    let rows: Matrix
    let labels: [Int]

    public var featureCount: Int { rows.columns }
    public var report: FitReport { FitReport(iterations: 0, objective: nil, stopReason: .direct) }

    init(classCount: Int, parameters: NeighbourParameters, rows: Matrix, labels: [Int]) {
        self.classCount = classCount
        self.parameters = parameters
        self.rows = rows
        self.labels = labels
    }

    /// Keeps the samples.
    /// - Throws: ``LearnError/invalidParameter(name:value:allowed:)`` for less than one neighbour or more than there are rows.
    public static func fit(_ samples: SampleSet, parameters: NeighbourParameters) throws(LearnError) -> Self {
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
    public func proportions(_ queries: Matrix, threads: Int) throws(LearnError) -> DoubleMatrix {
        try queries.requireColumns(featureCount)
        let products = try queries.multiplied(byTransposeOf: rows, threads: threads)
        let norms = rows.squaredNorms()
        let queryNorms = queries.squaredNorms()
        var votes = DoubleMatrix(rows: queries.rows, columns: classCount)
        for query in 0..<queries.rows {
            let distances = norms.indices.map { max(0, queryNorms[query] + norms[$0] - 2 * products[query, $0]) }
            let nearest = distances.indices.sorted { (distances[$0], $0) < (distances[$1], $1) }.prefix(parameters.neighbours)
            let hasTwin = distances[nearest.first ?? 0] == 0
            for row in nearest {
                switch parameters.weighting {
                case .uniform: votes[query, labels[row]] += 1
                case .distance where hasTwin: votes[query, labels[row]] += distances[row] == 0 ? 1 : 0
                case .distance: votes[query, labels[row]] += 1 / distances[row].squareRoot()
                }
            }
            let total = votes.row(query).reduce(0, +)
            for label in 0..<classCount { votes[query, label] /= total }
        }
        return votes
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
