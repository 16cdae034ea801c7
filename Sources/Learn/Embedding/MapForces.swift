import Foundation
import Support

/// What pulls and pushes the points of a map: the gradient of KL at each.
package struct MapForces: Sendable {
    /// 4 Σ_j (p_ij - q_ij) w_ij (y_i - y_j), the p multiplied by the exaggeration.
    package let gradients: [SIMD2<Double>]
    /// Σ p_ij ln(p_ij / q_ij) with the p as they are.
    package let divergence: Double

    private struct Part: Sendable {
        var attraction: SIMD2<Double>
        var repulsion: SIMD2<Double>
        var weight: Double
        /// Σ_j p_ij ln(p_ij / w_ij).
        var divergence: Double
    }

    /// - Parameter theta: nil computes every pair.
    package init(on points: [SIMD2<Double>], affinities: Affinities, exaggeration: Double, theta: Double?, threads: Int) {
        let tree = theta.map { _ in QuadTree(points) }
        let parts = Parallel.map(points.count, threads: threads) { index -> Part in
            let point = points[index]
            var part = Part(attraction: .zero, repulsion: .zero, weight: 0, divergence: 0)
            for place in affinities.starts[index]..<affinities.starts[index + 1] {
                let difference = point - points[affinities.columns[place]]
                let weight = 1 / (1 + (difference * difference).sum())
                let value = affinities.values[place]
                part.attraction += value * weight * difference
                if value > 0 { part.divergence += value * log(value / weight) }
            }
            if let tree, let theta {
                (part.repulsion, part.weight) = tree.repulsion(at: index, theta: theta)
            } else {
                for other in points.indices where other != index {
                    let difference = point - points[other]
                    let weight = 1 / (1 + (difference * difference).sum())
                    part.repulsion += weight * weight * difference
                    part.weight += weight
                }
            }
            return part
        }
        // In the order of the points: the same for any number of threads.
        let total = max(parts.reduce(0) { $0 + $1.weight }, .leastNormalMagnitude)
        gradients = parts.map { 4 * (exaggeration * $0.attraction - $0.repulsion / total) }
        divergence = parts.reduce(0) { $0 + $1.divergence } + log(total)
    }
}
