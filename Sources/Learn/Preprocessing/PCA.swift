import Support

/// Settings of a principal component analysis.
public struct PCAParameters: Sendable, Hashable, Codable {
    /// How many directions are kept.
    public enum Components: Sendable, Hashable, Codable {
        /// This many, at most min(rows, columns).
        case count(Int)
        /// As few as explain this share of the variance, above 0 and at most 1 (exact method only).
        case variance(Double)
    }
    /// How the directions are found.
    public enum Method: String, Sendable, Hashable, Codable {
        /// Exact up to min(rows, columns) = 1,000, and whenever a share of variance is requested; else randomised.
        case automatic
        /// All eigenvectors of the smaller of the two Gram matrices. Components with less than 1e-13 of the first one's variance
        /// drown in rounding and are left out.
        case exact
        /// A random subspace, ten larger than requested, refined by five power steps (Halko, Martinsson and Tropp, SIAM Review 2011).
        case randomised
    }

    /// How many directions are kept.
    public var components: Components
    /// Divides each component by its standard deviation (n - 1 in the denominator).
    public var whiten: Bool
    /// How the directions are found.
    public var method: Method
    /// Of the randomised method.
    public var seed: UInt64

    /// An analysis that keeps so many components.
    public init(components: Components, whiten: Bool = false, method: Method = .automatic, seed: UInt64 = 0) {
        self.components = components
        self.whiten = whiten
        self.method = method
        self.seed = seed
    }
}

/// A principal component analysis: rows are centred and expressed in the orthogonal directions of largest variance.
///
/// The sign of each direction makes its coefficient of largest size positive (scikit-learn's rule).
public struct PCA: Sendable, Equatable {
    /// Of each column.
    public let mean: [Double]
    /// components x columns, orthonormal rows.
    public let components: DoubleMatrix
    /// Variance of the training rows along each component, n - 1 in the denominator.
    public let explainedVariance: [Double]
    /// Whether components are divided by their standard deviations.
    public let whitens: Bool

    init(mean: [Double], components: DoubleMatrix, explainedVariance: [Double], whitens: Bool) {
        self.mean = mean
        self.components = components
        self.explainedVariance = explainedVariance
        self.whitens = whitens
    }

    /// - Throws: ``LearnError/empty(what:)`` for less than two rows, ``LearnError/invalidParameter(name:value:allowed:)``,
    ///   ``LearnError/constantFeatures(columns:)`` when nothing varies, ``LearnError/nonFinite(row:column:value:)``.
    /// - Complexity: exact O(rows * columns * m + m³) with m = min(rows, columns); randomised O(rows * columns * components).
    public init(fitting rows: Matrix, parameters: PCAParameters, threads: Int = .allCores) throws(LearnError) {
        guard rows.rows > 1, rows.columns > 0 else { throw LearnError.empty(what: "rows to analyse (two are needed)") }
        try rows.requireFinite()
        let smaller = min(rows.rows, rows.columns)
        switch parameters.components {
        case .count(let count):
            guard (1...smaller).contains(count) else {
                throw LearnError.invalidParameter(name: "components", value: "\(count)", allowed: "1 to \(smaller)")
            }
        case .variance(let share):
            guard share > 0, share <= 1 else {
                throw LearnError.invalidParameter(name: "variance", value: "\(share)", allowed: "above 0, at most 1")
            }
        }
        let mean = Self.columnMeans(rows)
        let centred = Self.centre(rows, mean)
        let found: (values: [Double], vectors: DoubleMatrix, total: Double)
        if case .count(let count) = parameters.components,
            parameters.method == .randomised || (parameters.method == .automatic && smaller > 1000 && count * 5 < smaller * 4)
        {
            found = try RandomisedSubspace.components(centred, count: count, seed: parameters.seed, threads: threads)
        } else {
            found = try Self.exact(centred, threads: threads)
        }
        guard let first = found.values.first, first > 0 else { throw LearnError.constantFeatures(columns: rows.columns) }
        var count = found.values.count
        switch parameters.components {
        case .count(let wanted): count = min(wanted, count)
        case .variance(let share):
            var sum = 0.0
            count =
                (found.values.firstIndex { value in
                    sum += value
                    return sum >= share * found.total * (1 - 1e-12)
                } ?? count - 1) + 1
        }
        self.init(
            mean: mean, components: Self.signed(found.vectors.selecting(rows: Array(0..<count))),
            explainedVariance: found.values.prefix(count).map { $0 / Double(rows.rows - 1) }, whitens: parameters.whiten)
    }

    /// - Throws: ``LearnError/featureCountMismatch(expected:found:)``.
    /// - Complexity: O(rows * columns * components).
    public func transform(_ rows: Matrix, threads: Int = .allCores) throws(LearnError) -> Matrix {
        guard rows.columns == mean.count else {
            throw LearnError.featureCountMismatch(expected: mean.count, found: rows.columns)
        }
        let projected = try Self.centre(rows, mean).converted(to: Double.self)
            .multiplied(byTransposeOf: components, threads: threads)
        guard whitens else { return projected.converted(to: Float.self) }
        var whitened = projected.converted(to: Float.self)
        for row in 0..<rows.rows {
            for column in 0..<components.rows {
                whitened[row, column] = Float(projected[row, column] / explainedVariance[column].squareRoot())
            }
        }
        return whitened
    }

    /// Eigenvalues (sums of squares along each direction) and directions, descending, as far as they are above rounding.
    private static func exact(_ centred: Matrix, threads: Int) throws(LearnError) -> ([Double], DoubleMatrix, Double) {
        let wide = centred.converted(to: Double.self)
        let turned = wide.transposed()
        let isWide = centred.columns > centred.rows
        let product =
            try isWide
            ? wide.multiplied(byTransposeOf: wide, threads: threads) : turned.multiplied(byTransposeOf: turned, threads: threads)
        let eigen = try SymmetricEigen(product)
        let first = eigen.values.first ?? 0
        let kept = eigen.values.prefix { $0 > first * 1e-13 && $0 > 0 }.count
        let total = eigen.values.reduce(0) { $0 + max(0, $1) }
        let vectors = eigen.vectors.selecting(rows: Array(0..<kept))
        guard isWide else { return (Array(eigen.values.prefix(kept)), vectors, total) }
        // From u of X·Xᵀ to v of Xᵀ·X: v = Xᵀ u / σ.
        var directions = try vectors.multiplied(byTransposeOf: turned, threads: threads)
        for component in 0..<kept {
            let length = eigen.values[component].squareRoot()
            for column in 0..<centred.columns { directions[component, column] /= length }
        }
        return (Array(eigen.values.prefix(kept)), directions, total)
    }

    static func columnMeans(_ rows: Matrix) -> [Double] {
        var mean = [Double](repeating: 0, count: rows.columns)
        for row in 0..<rows.rows {
            let start = row * rows.columns
            for column in 0..<rows.columns { mean[column] += Double(rows.values[start + column]) }
        }
        return mean.map { $0 / Double(rows.rows) }
    }

    private static func centre(_ rows: Matrix, _ mean: [Double]) -> Matrix {
        var centred = rows
        for row in 0..<rows.rows {
            let start = row * rows.columns
            for column in 0..<rows.columns {
                centred.values[start + column] = Float(Double(rows.values[start + column]) - mean[column])
            }
        }
        return centred
    }

    private static func signed(_ directions: DoubleMatrix) -> DoubleMatrix {
        var signed = directions
        for row in 0..<directions.rows {
            let largest = directions.row(row).max { abs($0) < abs($1) } ?? 0
            if largest < 0 { for column in 0..<directions.columns { signed[row, column] = -signed[row, column] } }
        }
        return signed
    }
}
