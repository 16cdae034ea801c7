import Foundation
import Support

/// Linear discriminant analysis: classes are normal clouds of one common shape; priors are the classes' shares.
///
/// The score of class k is w(k)·x + b(k), its log-posterior up to a constant of the row.
public struct LinearDiscriminant: Classifier {
    /// classes x columns
    public let coefficients: DoubleMatrix
    /// One a class.
    public let intercepts: [Double]

    /// Labels are 0..<classCount.
    public var classCount: Int { coefficients.rows }
    /// Columns that rows must have.
    public var featureCount: Int { coefficients.columns }

    init(coefficients: DoubleMatrix, intercepts: [Double]) {
        self.coefficients = coefficients
        self.intercepts = intercepts
    }

    /// Whitens the spread within the classes, (x - own mean) / sqrt(n), after scaling every column by its own standard deviation
    /// within classes. Directions with a singular value up to 1e-4 carry no information and are dropped (scikit-learn's "svd"
    /// solver does the same); with more columns than rows this is what makes the answer unique.
    /// - Throws: ``LearnError/constantFeatures(columns:)`` when nothing varies within the classes.
    /// - Complexity: O(rows * columns * m + m³) with m = min(rows, columns).
    public static func fit(_ samples: LabelledRows, threads: Int = .allCores) throws(LearnError) -> Self {
        let rows = samples.rows
        let (count, columns, classes) = (rows.rows, rows.columns, samples.classCount)
        let members = samples.members
        let means = members.map { PCA.columnMeans(rows.selecting(rows: $0)) }
        var within = DoubleMatrix(rows: count, columns: columns)
        var deviation = [Double](repeating: 0, count: columns)
        for row in 0..<count {
            for column in 0..<columns {
                let difference = Double(rows[row, column]) - means[samples.labels[row]][column]
                within[row, column] = difference
                deviation[column] += difference * difference
            }
        }
        deviation = deviation.map { $0 > 0 ? ($0 / Double(count)).squareRoot() : 1 }
        let factor = 1 / Double(count)
        for row in 0..<count {
            for column in 0..<columns { within[row, column] *= factor.squareRoot() / deviation[column] }
        }
        let basis = try WhiteningBasis(within, threads: threads)
        guard basis.rank > 0 else { throw LearnError.constantFeatures(columns: columns) }
        let priors = members.map { Double($0.count) / Double(count) }
        let centre = (0..<columns).map { column in
            (0..<classes).reduce(0) { $0 + priors[$1] * means[$1][column] }
        }
        var offsets = DoubleMatrix(rows: classes, columns: columns)
        for label in 0..<classes {
            for column in 0..<columns { offsets[label, column] = (means[label][column] - centre[column]) / deviation[column] }
        }
        // Class means in whitened coordinates; the best weights there are the means themselves.
        let whitened = try offsets.multiplied(byTransposeOf: basis.directions, threads: threads)
        var coefficients = try whitened.multiplied(byTransposeOf: basis.directions.transposed(), threads: threads)
        var intercepts: [Double] = []
        for label in 0..<classes {
            let squares = whitened.row(label).reduce(0) { $0 + $1 * $1 }
            var intercept = log(priors[label]) - squares / 2
            for column in 0..<columns {
                coefficients[label, column] /= deviation[column]
                intercept -= coefficients[label, column] * centre[column]
            }
            intercepts.append(intercept)
        }
        return Self(coefficients: coefficients, intercepts: intercepts)
    }

    /// - Complexity: O(rows * columns * classes).
    public func scores(_ rows: Matrix, threads: Int) throws(LearnError) -> DoubleMatrix {
        try rows.requireColumns(featureCount)
        var scores = try rows.converted(to: Double.self).multiplied(byTransposeOf: coefficients, threads: threads)
        for row in 0..<scores.rows {
            for label in 0..<classCount { scores[row, label] += intercepts[label] }
        }
        return scores
    }

    /// The class with the highest score; the first of equals.
    public func predict(_ rows: Matrix, threads: Int) throws(LearnError) -> [Int] {
        try scores(rows, threads: threads).rowArgmax()
    }
}

/// Directions in which a matrix of differences has unit spread: row k is v(k) / σ(k) of its singular vectors and values.
private struct WhiteningBasis {
    let directions: DoubleMatrix
    var rank: Int { directions.rows }

    init(_ within: DoubleMatrix, threads: Int) throws(LearnError) {
        let isWide = within.columns > within.rows
        let turned = within.transposed()
        let product =
            try isWide
            ? within.multiplied(byTransposeOf: within, threads: threads) : turned.multiplied(byTransposeOf: turned, threads: threads)
        let eigen = try SymmetricEigen(product)
        // The bound is absolute: columns have unit spread.
        let kept = eigen.values.prefix { $0 > 0 && $0.squareRoot() > 1e-4 }.count
        let vectors = eigen.vectors.selecting(rows: Array(0..<kept))
        var directions = try isWide ? vectors.multiplied(byTransposeOf: turned, threads: threads) : vectors
        for row in 0..<kept {
            // Xᵀu is σ v: wide matrices need one more division by σ.
            let divisor = isWide ? eigen.values[row] : eigen.values[row].squareRoot()
            for column in 0..<within.columns { directions[row, column] /= divisor }
        }
        self.directions = directions
    }
}
