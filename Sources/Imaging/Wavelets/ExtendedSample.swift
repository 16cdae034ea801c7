/// A sample beyond a signal's ends as a weighted sum of at most three of the signal's own.
struct ExtendedSample {
    private(set) var count = 0
    private(set) var indices = (0, 0, 0)
    private(set) var weights = (0.0, 0.0, 0.0)
    /// The second weight counts steps of the difference from second to first sample.
    private(set) var isLine = false

    /// Nothing: zero.
    init() {}

    init(_ index: Int, weight: Double = 1) {
        add(index, weight: weight)
    }

    /// x[end] + steps * (x[end] - x[before]): the line through two neighbours, computed from their difference because both
    /// may be far larger than it.
    init(lineThrough end: Int, _ before: Int, steps: Int) {
        isLine = true
        count = 2
        indices = (end, before, 0)
        weights = (1, Double(steps), 0)
    }

    /// The sample is one of the signal's own, unchanged.
    var isCopy: Bool { count == 1 && weights.0 == 1 }

    /// Adds `weight` times sample `index`.
    mutating func add(_ index: Int, weight: Double) {
        if count > 0, indices.0 == index {
            weights.0 += weight
        } else if count > 1, indices.1 == index {
            weights.1 += weight
        } else if count == 0 {
            (indices.0, weights.0, count) = (index, weight, 1)
        } else if count == 1 {
            (indices.1, weights.1, count) = (index, weight, 2)
        } else {
            precondition(count == 2, "an extended sample has at most three summands")
            (indices.2, weights.2, count) = (index, weight, 3)
        }
    }
}
