import Foundation

/// Ignores the features: every row belongs to the class with most training rows (the first of equals). Whatever does not beat it
/// has learned nothing.
public struct MajorityClass: Classifier {
    /// Columns that rows must have.
    public let featureCount: Int
    /// Share of each class among the training rows.
    public let shares: [Double]

    /// Labels are 0..<classCount.
    public var classCount: Int { shares.count }

    init(featureCount: Int, shares: [Double]) {
        self.featureCount = featureCount
        self.shares = shares
    }

    /// Counts the classes.
    /// - Complexity: O(rows).
    public static func fit(_ samples: LabelledRows) -> Self {
        Self(
            featureCount: samples.rows.columns,
            shares: samples.members.map { Double($0.count) / Double(samples.labels.count) })
    }

    /// The class with most training rows, for every row.
    /// - Throws: ``LearnError/featureCountMismatch(expected:found:)``.
    public func predict(_ rows: Matrix, threads: Int) throws(LearnError) -> [Int] {
        try scores(rows, threads: threads).rowArgmax()
    }

    /// The logarithm of the shares, the same for every row.
    public func scores(_ rows: Matrix, threads: Int) throws(LearnError) -> DoubleMatrix {
        guard rows.columns == featureCount else {
            throw LearnError.featureCountMismatch(expected: featureCount, found: rows.columns)
        }
        let logarithms = shares.map { log($0) }
        return DoubleMatrix(
            rows: rows.rows, columns: shares.count, values: (0..<rows.rows).flatMap { _ in logarithms })
    }
}
