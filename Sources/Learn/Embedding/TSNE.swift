import Foundation
import Support

/// A map of many-dimensional rows on a plane, in which near rows lie near each other: t-distributed stochastic neighbour embedding.
///
/// Minimised is the divergence of two sets of probabilities,  KL = Σ p_ij ln(p_ij / q_ij), where
///
///     p_ij = (p_j|i + p_i|j) / 2n,   p_j|i = exp(-b_i d_ij²) / Σ_k exp(-b_i d_ik²)   over the neighbours of i, each row's b_i such that its
///            perplexity, the exponential of the entropy, is the wanted one;
///     q_ij = w_ij / Z,   w_ij = 1 / (1 + |y_i - y_j|²),   Z = Σ w_kl   over all pairs of points of the map.
///
/// The gradient 4 Σ_j (p_ij - q_ij) w_ij (y_i - y_j) is descended with momentum and a gain for every coordinate; at first all p are exaggerated, so that
/// clusters find each other. Up to `exactLimit` rows every pair counts; beyond, only the nearest 3 x perplexity neighbours attract, and what repels from
/// afar does so as a cell of a quadtree (Barnes and Hut), which makes an iteration O(n log n).
///
/// The same rows and seed give the same map, whatever the number of threads.
///
/// Source: van der Maaten and Hinton, "Visualizing data using t-SNE", JMLR 2008; van der Maaten, "Accelerating t-SNE using tree-based
/// algorithms", JMLR 2014; the step size is that of Belkina et al., Nature Communications 2019.
public struct TSNE: Sendable, Equatable {
    /// About how many neighbours a row has; above 1. Fewer rows than three times as many bring it down.
    public var perplexity = 30.0
    /// Steps of the descent.
    public var iterations = 750
    /// Steps at the beginning in which attraction is exaggerated.
    public var exaggeratedIterations = 250
    /// How much.
    public var exaggeration = 12.0
    /// Up to so many rows all pairs are computed.
    public var exactLimit = 1000
    /// A cell repels as a whole where its side is less than `theta` times its distance; 0 looks at every point.
    public var theta = 0.5
    /// Of the first places.
    public var seed: UInt64 = 1

    /// The usual values.
    public init() {}

    /// A map and how good it is.
    public struct Map: Sendable, Equatable {
        /// A place for each row.
        public var points: [SIMD2<Double>]
        /// KL at the end, in nats; approximate where the tree was used.
        public var divergence: Double
    }

    /// The map of `rows`.
    /// - Throws: `LearnError.invalidParameter`; `.nonFinite` for a NaN or an infinity; `.cancelled`.
    /// - Complexity: O(n² d) for distances, then for each iteration O(n²), with the tree O(n log n).
    public func map(
        _ rows: DoubleMatrix, threads: Int = .allCores, cancellation: Cancellation = Cancellation()
    ) throws(LearnError) -> Map {
        guard perplexity > 1, perplexity.isFinite else {
            throw .invalidParameter(name: "perplexity", value: "\(perplexity)", allowed: "above 1")
        }
        guard theta >= 0, theta.isFinite else { throw .invalidParameter(name: "theta", value: "\(theta)", allowed: "0 or more") }
        if let place = rows.values.firstIndex(where: { !$0.isFinite }) {
            throw .nonFinite(row: place / max(rows.columns, 1), column: place % max(rows.columns, 1), value: Float(rows.values[place]))
        }
        guard rows.rows > 3 else { return Map(points: Self.few(rows.rows), divergence: 0) }
        let isExact = rows.rows <= exactLimit
        let perplexity = min(perplexity, Double(rows.rows - 1) / 3)
        let affinities = try Affinities(
            of: rows, neighbours: isExact ? rows.rows - 1 : min(rows.rows - 1, Int(3 * perplexity)), perplexity: perplexity,
            threads: threads)
        return try descend(affinities, isExact: isExact, threads: threads, cancellation)
    }

    /// On a line: there is nothing to tell apart.
    private static func few(_ count: Int) -> [SIMD2<Double>] { (0..<count).map { SIMD2(Double($0), 0) } }

    private func descend(_ affinities: Affinities, isExact: Bool, threads: Int, _ cancellation: Cancellation) throws(LearnError) -> Map {
        let count = affinities.count
        var points = firstPoints(count)
        var steps = [SIMD2<Double>](repeating: .zero, count: count)
        var gains = [SIMD2<Double>](repeating: .one, count: count)
        let rate = max(Double(count) / exaggeration / 4, 50)
        var divergence = 0.0
        for iteration in 0..<iterations {
            if cancellation.isRequested { throw .cancelled }
            let isExaggerated = iteration < exaggeratedIterations
            let forces = MapForces(
                on: points, affinities: affinities, exaggeration: isExaggerated ? exaggeration : 1, theta: isExact ? nil : theta,
                threads: threads)
            let momentum = isExaggerated ? 0.5 : 0.8
            for index in 0..<count {
                let gradient = forces.gradients[index]
                // A coordinate that goes on in its direction is sped up, one that turns is slowed down.
                // The step is against the gradient: of one sign they turn.
                let turns = (gradient * steps[index]) .> 0
                gains[index] = (gains[index] + 0.2).replacing(with: gains[index] * 0.8, where: turns)
                gains[index].clamp(lowerBound: SIMD2(repeating: 0.01), upperBound: SIMD2(repeating: .infinity))
                steps[index] = momentum * steps[index] - rate * gains[index] * gradient
                points[index] += steps[index]
            }
            let mean = points.reduce(.zero, +) / Double(count)
            for index in 0..<count { points[index] -= mean }
            divergence = forces.divergence
        }
        guard points.allSatisfy({ $0.x.isFinite && $0.y.isFinite }) else { throw .diverged(solver: "t-SNE", iteration: iterations) }
        return Map(points: points, divergence: divergence)
    }

    /// Around the origin, each coordinate normal with a deviation of 0.0001 (Box and Muller).
    private func firstPoints(_ count: Int) -> [SIMD2<Double>] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            let radius = 1e-4 * (-2 * log(1 - random.uniform())).squareRoot()
            let angle = 2 * Double.pi * random.uniform()
            return SIMD2(radius * cos(angle), radius * sin(angle))
        }
    }
}
