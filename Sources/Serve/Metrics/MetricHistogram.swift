import Synchronization

/// Counts of observations at or below each bound, and their sum (a Prometheus histogram).
final class MetricHistogram: Sendable {
    /// From 1 ms, a health check, to 60 s, a body on a poor connection.
    static let seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

    struct Snapshot: Sendable {
        /// Observations at or below the bound of the same index; not yet cumulative.
        var buckets: [UInt64]
        var count: UInt64 = 0
        var sum = 0.0
    }

    let bounds: [Double]
    private let box: Mutex<Snapshot>

    init(bounds: [Double] = MetricHistogram.seconds) {
        self.bounds = bounds
        box = Mutex(Snapshot(buckets: Array(repeating: 0, count: bounds.count)))
    }

    var snapshot: Snapshot { box.withLock { $0 } }

    /// - Complexity: O(bounds).
    func observe(_ value: Double) {
        let index = bounds.firstIndex { value <= $0 }
        box.withLock { snapshot in
            if let index { snapshot.buckets[index] += 1 }
            snapshot.count += 1
            snapshot.sum += value
        }
    }
}
