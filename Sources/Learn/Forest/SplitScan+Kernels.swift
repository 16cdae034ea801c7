import Foundation

/// Judges the boundaries of a sorted column.
///
/// The score of a split is Σ over both sides of Σ c² / w (gini) or Σ c log c - w log w (entropy), c being the weight of a class and w
/// that of the side: up to a constant of the node, the negative weighted impurity. Higher is better.
struct SplitScan {
    let criterion: ForestParameters.Criterion
    let counts: [Double]
    let total: Double
    let minimumLeaf: Int
    /// The score of the node unsplit.
    let parentScore: Double
    private var left: [Double]
    private var right: [Double]

    init(criterion: ForestParameters.Criterion, counts: [Double], minimumLeaf: Int) {
        self.criterion = criterion
        self.counts = counts
        self.minimumLeaf = minimumLeaf
        total = counts.reduce(0, +)
        left = counts
        right = counts
        parentScore = Self.sideScore(counts, total, criterion)
    }

    private static func sideScore(_ counts: [Double], _ total: Double, _ criterion: ForestParameters.Criterion) -> Double {
        guard total > 0 else { return 0 }
        switch criterion {
        case .gini: return counts.reduce(0) { $0 + $1 * $1 } / total
        case .entropy: return counts.reduce(0) { $0 + term($1) } - term(total)
        }
    }

    /// c log c, 0 for 0.
    @inline(__always)
    private static func term(_ count: Double) -> Double { count > 0 ? count * log(count) : 0 }

    /// The score of sending `left` (weights by class) to one side; nil when a side would have too few rows.
    func score(left: [Double], leftRows: Int, rows: Int) -> Double? {
        guard leftRows >= minimumLeaf, rows - leftRows >= minimumLeaf else { return nil }
        let leftTotal = left.reduce(0, +)
        let right = counts.indices.map { counts[$0] - left[$0] }
        return Self.sideScore(left, leftTotal, criterion) + Self.sideScore(right, total - leftTotal, criterion)
    }

    /// The best boundary of sorted keys (rank << 48 | class << 16 | multiplicity): the last rank of its left side, and its score.
    /// Of equal scores the first.
    mutating func best(_ keys: UnsafePointer<UInt64>, count: Int, weights: [Double]) -> (rank: UInt16, score: Double)? {
        for label in counts.indices {
            left[label] = 0
            right[label] = counts[label]
        }
        return weights.withUnsafeBufferPointer { weights in
            left.withUnsafeMutableBufferPointer { left in
                right.withUnsafeMutableBufferPointer { right in
                    criterion == .gini
                        ? Self.bestGini(keys, count, weights, left, right, total, minimumLeaf)
                        : Self.bestEntropy(keys, count, weights, left, right, total, minimumLeaf)
                }
            }
        }
    }

    private static func bestGini(
        _ keys: UnsafePointer<UInt64>, _ count: Int, _ weights: UnsafeBufferPointer<Double>,
        _ left: UnsafeMutableBufferPointer<Double>, _ right: UnsafeMutableBufferPointer<Double>, _ total: Double, _ minimumLeaf: Int
    ) -> (UInt16, Double)? {
        var leftSquares = 0.0
        var rightSquares = right.reduce(0) { $0 + $1 * $1 }
        var leftTotal = 0.0
        var best = -1.0
        var rank: UInt16 = 0
        for place in 0..<count - 1 {
            let key = keys[place]
            let label = Int(truncatingIfNeeded: (key &>> 16) & 0xFFFF_FFFF)
            let weight = Double(UInt32(truncatingIfNeeded: key & 0xFFFF)) * weights[label]
            leftSquares += weight * (2 * left[label] + weight)
            rightSquares -= weight * (2 * right[label] - weight)
            left[label] += weight
            right[label] -= weight
            leftTotal += weight
            if keys[place + 1] &>> 48 != key &>> 48, place + 1 >= minimumLeaf, count - place - 1 >= minimumLeaf {
                // l/L + r/R > best, without dividing unless it is better.
                let rightTotal = total - leftTotal
                let parts = leftSquares * rightTotal + rightSquares * leftTotal
                let whole = leftTotal * rightTotal
                if parts > best * whole {
                    best = parts / whole
                    rank = UInt16(truncatingIfNeeded: key &>> 48)
                }
            }
        }
        return best > -1 ? (rank, best) : nil
    }

    private static func bestEntropy(
        _ keys: UnsafePointer<UInt64>, _ count: Int, _ weights: UnsafeBufferPointer<Double>,
        _ left: UnsafeMutableBufferPointer<Double>, _ right: UnsafeMutableBufferPointer<Double>, _ total: Double, _ minimumLeaf: Int
    ) -> (UInt16, Double)? {
        var terms = right.reduce(0) { $0 + term($1) }
        var leftTotal = 0.0
        var best = -Double.infinity
        var rank: UInt16 = 0
        for place in 0..<count - 1 {
            let key = keys[place]
            let label = Int(truncatingIfNeeded: (key &>> 16) & 0xFFFF_FFFF)
            let weight = Double(UInt32(truncatingIfNeeded: key & 0xFFFF)) * weights[label]
            terms -= term(left[label]) + term(right[label])
            left[label] += weight
            right[label] -= weight
            leftTotal += weight
            terms += term(left[label]) + term(right[label])
            if keys[place + 1] &>> 48 != key &>> 48, place + 1 >= minimumLeaf, count - place - 1 >= minimumLeaf {
                let score = terms - term(leftTotal) - term(total - leftTotal)
                if score > best {
                    best = score
                    rank = UInt16(truncatingIfNeeded: key &>> 48)
                }
            }
        }
        return best > -.infinity ? (rank, best) : nil
    }
}
