/// The rising step function closest, in squares, to targets given at scores (pool adjacent violators).
///
/// Scores closer together than 1e-9 of the largest score's size count as equal: that is the order of additions, not evidence.
public struct IsotonicCurve: Sendable, Hashable, Codable {
    /// Ascending; the ends of each step.
    public let scores: [Double]
    /// The function there, never falling.
    public let values: [Double]

    /// - Precondition: as many targets as scores, at least one.
    /// - Complexity: O(n log n).
    init(scores: [Double], targets: [Double]) {
        let order = scores.indices.sorted { (scores[$0], $0) < (scores[$1], $1) }
        let gap = 1e-9 * scores.reduce(0) { max($0, abs($1)) }
        var blocks: [(first: Double, last: Double, sum: Double, count: Double)] = []
        for (place, index) in order.enumerated() {
            // Equal scores are one point: a function has one value there.
            if place > 0, scores[index] - scores[order[place - 1]] <= gap {
                blocks[blocks.count - 1].last = scores[index]
                blocks[blocks.count - 1].sum += targets[index]
                blocks[blocks.count - 1].count += 1
            } else {
                blocks.append((scores[index], scores[index], targets[index], 1))
            }
            let isLastOfEquals = place + 1 == order.count || scores[order[place + 1]] - scores[index] > gap
            while isLastOfEquals, blocks.count > 1 {
                let upper = blocks[blocks.count - 1]
                let lower = blocks[blocks.count - 2]
                guard lower.sum * upper.count >= upper.sum * lower.count else { break }
                blocks.removeLast()
                blocks[blocks.count - 1] = (lower.first, upper.last, lower.sum + upper.sum, lower.count + upper.count)
            }
        }
        var points: [(Double, Double)] = []
        for block in blocks {
            points.append((block.first, block.sum / block.count))
            if block.last > block.first { points.append((block.last, block.sum / block.count)) }
        }
        self.scores = points.map(\.0)
        values = points.map(\.1)
    }

    init?(scores: [Double], values: [Double]) {
        guard !scores.isEmpty, scores.count == values.count, scores.allSatisfy(\.isFinite),
            zip(scores, scores.dropFirst()).allSatisfy({ $0 < $1 }), values.allSatisfy({ (0...1).contains($0) })
        else { return nil }
        self.scores = scores
        self.values = values
    }

    /// - Complexity: O(log n).
    public func value(at score: Double) -> Double {
        var low = 0
        var high = scores.count
        while low < high {
            let middle = (low + high) / 2
            if scores[middle] < score { low = middle + 1 } else { high = middle }
        }
        if low == scores.count { return values[scores.count - 1] }
        if low == 0 || scores[low] == score { return values[low] }
        let share = (score - scores[low - 1]) / (scores[low] - scores[low - 1])
        return values[low - 1] + share * (values[low] - values[low - 1])
    }
}
