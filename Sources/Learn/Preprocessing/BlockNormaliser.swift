/// Gives blocks of columns equal weight: every column is centred, then each block is divided by one number, the root mean square
/// length of its centred training rows.
///
///     z = (x - mean) / scale(block of x),   scale(b)² = Σ over rows of |x(b) - mean(b)|² / n
///
/// Afterwards the squared length of a training row has the same mean, 1, in each block, however many columns it has and in
/// whatever unit they are: no kind of feature drowns another in inner products and distances. Relations inside a block stay as
/// they are. A block that does not vary is only centred.
public struct BlockNormaliser: Sendable, Equatable {
    /// One a column.
    public let mean: [Double]
    /// Columns of each block, in order.
    public let lengths: [Int]
    /// One a block.
    public let scale: [Double]

    /// - Precondition: lengths are positive and sum to the number of means; one positive scale a block.
    public init(mean: [Double], lengths: [Int], scale: [Double]) {
        precondition(lengths.allSatisfy { $0 > 0 } && lengths.reduce(0, +) == mean.count, "blocks fill the columns")
        precondition(scale.count == lengths.count && scale.allSatisfy { $0 > 0 }, "one positive scale a block")
        self.mean = mean
        self.lengths = lengths
        self.scale = scale
    }

    /// Learns means and scales.
    /// - Throws: ``LearnError/empty(what:)`` without rows or columns, ``LearnError/nonFinite(row:column:value:)``,
    ///   ``LearnError/invalidParameter(name:value:allowed:)`` unless the lengths are positive and sum to the columns.
    /// - Complexity: O(rows * columns).
    public init(fitting rows: Matrix, lengths: [Int]) throws(LearnError) {
        guard rows.rows > 0 else { throw LearnError.empty(what: "rows") }
        guard rows.columns > 0 else { throw LearnError.empty(what: "columns") }
        try rows.requireFinite()
        guard lengths.allSatisfy({ $0 > 0 }), lengths.reduce(0, +) == rows.columns else {
            throw LearnError.invalidParameter(
                name: "blockLengths", value: "\(lengths)", allowed: "positive numbers with sum \(rows.columns), the columns")
        }
        let (mean, variance) = StandardScaler.moments(rows)
        var first = 0
        var scale: [Double] = []
        for length in lengths {
            let sum = variance[first..<first + length].reduce(0, +)
            scale.append(sum > 0 ? sum.squareRoot() : 1)
            first += length
        }
        self.init(mean: mean, lengths: lengths, scale: scale)
    }

    /// One scale a column.
    package var columnScales: [Double] {
        zip(lengths, scale).flatMap { [Double](repeating: $1, count: $0) }
    }

    /// - Throws: ``LearnError/featureCountMismatch(expected:found:)``.
    /// - Complexity: O(rows * columns).
    public func transform(_ rows: Matrix) throws(LearnError) -> Matrix {
        try StandardScaler(mean: mean, scale: columnScales).transform(rows)
    }
}
