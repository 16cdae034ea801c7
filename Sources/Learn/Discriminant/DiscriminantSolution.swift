import Foundation
import Support

/// A discriminant analysis in the coordinates that products with landmarks are.
///
/// A function w = Σ a(l) x(l) gives a row with products p the value a·p, and |w|² = aᵀ·G·a with the landmarks' Gram matrix G. With W the
/// covariance of p within classes, the analysis whitens
///
///     S = W + λ·G,   λ = shrinkage * trace(G) / m²,
///
/// which is, seen from the rows themselves, their covariance within classes in the landmarks' span plus λ times the identity: trace(G) / m² is
/// the mean variance of the landmarks along a direction of their span. With S = L·Lᵀ, the classes' means y(k) = L⁻¹·(μ(k) - μ) are
/// points of a space in which all classes have unit spread; kept are the principal directions of these points, weighted by the classes'
/// sizes (Fisher's discriminants; Hastie, Tibshirani and Friedman, "The Elements of Statistical Learning", 2nd edition, 4.3.3).
package struct DiscriminantSolution: Sendable {
    /// A: directions x landmarks used.
    package let shares: DoubleMatrix
    /// Which landmarks are used.
    package let landmarks: [Int]
    /// classes x directions
    package let means: DoubleMatrix
    /// One a class.
    package let intercepts: [Double]

    /// Directions with less than this share of the first one's spread between classes are rounding.
    private static let leastShare = 1e-10
    /// Rows that are scored at once.
    private static let rowsAtOnce = 2048

    /// - Parameters:
    ///   - gram: of all landmarks.
    ///   - landmarks: those that are used.
    /// - Throws: ``LearnError/constantFeatures(columns:)`` where the classes do not differ, ``LearnError/diverged(solver:iteration:)`` where
    ///   the matrices are not positive definite, which finite rows do not give.
    /// - Complexity: O(m³ + classes * m² + classes³).
    package init(
        _ moments: ClassMoments, gram: DoubleMatrix, landmarks: [Int], parameters: SubspaceDiscriminantParameters, threads: Int
    ) throws(LearnError) {
        let size = landmarks.count
        let total = moments.counts.reduce(0, +)
        let sums = moments.sums.selecting(columns: landmarks)
        var within = moments.scatter.selecting(rows: landmarks).selecting(columns: landmarks)
        let own = gram.selecting(rows: landmarks).selecting(columns: landmarks)
        let trace = (0..<size).reduce(0) { $0 + own[$1, $1] }
        guard size > 0, trace > 0 else { throw LearnError.constantFeatures(columns: size) }
        // Σ n μ μᵀ as a product of √n μ: coordinates x coordinates.
        var centres = sums
        for (label, count) in moments.counts.enumerated() {
            for place in 0..<size { centres[label, place] /= count.squareRoot() }
        }
        let turned = centres.transposed()
        let between = try turned.multiplied(byTransposeOf: turned, threads: threads)
        let ridge = parameters.shrinkage * trace / Double(size * size)
        for row in 0..<size {
            for column in 0..<size {
                within[row, column] = (within[row, column] - between[row, column]) / total + ridge * own[row, column]
            }
            // The Gram matrix is rounded: two equal landmarks would leave a direction without any spread.
            within[row, row] += 1e-6 * ridge * trace / Double(size)
        }
        let factor = try CholeskyFactor(within)
        let priors = moments.counts.map { $0 / total }
        let mean = (0..<size).map { place in (0..<sums.rows).reduce(0) { $0 + sums[$1, place] } / total }
        let whitened = try DoubleMatrix(
            Parallel.map(sums.rows, threads: threads) { label in
                factor.forward((0..<size).map { sums[label, $0] / moments.counts[label] - mean[$0] })
            })
        var weighted = whitened
        for (label, prior) in priors.enumerated() {
            for place in 0..<size { weighted[label, place] *= prior.squareRoot() }
        }
        let eigen = try SymmetricEigen(weighted.multiplied(byTransposeOf: weighted, threads: threads))
        let first = eigen.values.first ?? 0
        let kept = min(parameters.directions, eigen.values.prefix { $0 > first * Self.leastShare && $0 > 0 }.count)
        guard kept > 0 else { throw LearnError.constantFeatures(columns: size) }
        var directions = try eigen.vectors.selecting(rows: Array(0..<kept))
            .multiplied(byTransposeOf: weighted.transposed(), threads: threads)
        for row in 0..<kept {
            let length = eigen.values[row].squareRoot()
            for place in 0..<size { directions[row, place] /= length }
        }
        let axes = directions
        means = try whitened.multiplied(byTransposeOf: axes, threads: threads)
        let shares = try DoubleMatrix(
            Parallel.map(kept, threads: threads) { factor.backward(Array(axes.row($0))) })
        let centre = (0..<kept).map { row in dot(Array(shares.row(row)), mean) }
        var intercepts: [Double] = []
        for (label, prior) in priors.enumerated() {
            let point = Array(means.row(label))
            intercepts.append(log(prior) - dot(point, point) / 2 - dot(point, centre))
        }
        self.shares = shares
        self.intercepts = intercepts
        self.landmarks = landmarks
    }

    /// Scores of rows given by their products with all landmarks: rows x classes.
    package func scores(products: Matrix, threads: Int) throws(LearnError) -> DoubleMatrix {
        var scores: [Double] = []
        scores.reserveCapacity(products.rows * means.rows)
        // Some rows at a time: in double precision all would take twice their own memory.
        for start in stride(from: 0, to: products.rows, by: Self.rowsAtOnce) {
            let block = products.selecting(rows: Array(start..<min(start + Self.rowsAtOnce, products.rows)))
            let coordinates = try block.selecting(columns: landmarks).converted(to: Double.self)
                .multiplied(byTransposeOf: shares, threads: threads)
            scores += try SubspaceDiscriminant.scores(
                coordinates: coordinates, means: means, intercepts: intercepts, threads: threads
            ).values
        }
        return DoubleMatrix(rows: products.rows, columns: means.rows, values: scores)
    }

    /// The same functions of the original columns.
    /// - Complexity: O(directions * landmarks * columns).
    package func model(_ space: LandmarkRows, threads: Int) -> SubspaceDiscriminant {
        let used = landmarks == Array(0..<space.count) ? space.rows : space.rows.selecting(rows: landmarks)
        return SubspaceDiscriminant(
            directions: MixedProducts.times(shares, used, threads: threads).converted(to: Float.self), means: means,
            intercepts: intercepts)
    }
}
