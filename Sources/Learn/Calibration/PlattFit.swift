import Foundation

/// Fits σ(slope * s + offset) to membership (Platt 1999, by the Newton method of Lin, Lin and Weng, "A note on Platt's
/// probabilistic outputs for support vector machines", Machine Learning 2007).
package enum PlattFit {
    /// Targets are (m + 1) / (m + 2) for the m members and 1 / (o + 2) for the o others.
    package static func fit(scores: [Double], isMember: [Bool]) -> (slope: Double, offset: Double) {
        let members = Double(isMember.filter { $0 }.count)
        let others = Double(isMember.count) - members
        let targets = isMember.map { $0 ? (members + 1) / (members + 2) : 1 / (others + 2) }
        var slope = 0.0
        var offset = log((members + 1) / (others + 1))
        var loss = self.loss(scores, targets, slope, offset)
        for _ in 0..<100 {
            var (h11, h22, h21) = (1e-12, 1e-12, 0.0)
            var (g1, g2) = (0.0, 0.0)
            for (score, target) in zip(scores, targets) {
                let probability = Softmax.sigmoid(slope * score + offset)
                let curvature = probability * (1 - probability)
                h11 += score * score * curvature
                h22 += curvature
                h21 += score * curvature
                g1 += score * (probability - target)
                g2 += probability - target
            }
            guard max(abs(g1), abs(g2)) > 1e-9 else { break }
            let determinant = h11 * h22 - h21 * h21
            let stepSlope = -(h22 * g1 - h21 * g2) / determinant
            let stepOffset = -(h11 * g2 - h21 * g1) / determinant
            let descent = g1 * stepSlope + g2 * stepOffset
            var length = 1.0
            var improved = false
            while length >= 1e-10 {
                let trial = self.loss(scores, targets, slope + length * stepSlope, offset + length * stepOffset)
                if trial < loss + 1e-4 * length * descent {
                    slope += length * stepSlope
                    offset += length * stepOffset
                    loss = trial
                    improved = true
                    break
                }
                length /= 2
            }
            guard improved else { break }
        }
        return (slope, offset)
    }

    private static func loss(_ scores: [Double], _ targets: [Double], _ slope: Double, _ offset: Double) -> Double {
        var sum = 0.0
        for (score, target) in zip(scores, targets) {
            let z = slope * score + offset
            sum += max(z, 0) - target * z + log1p(exp(-abs(z)))
        }
        return sum
    }
}
