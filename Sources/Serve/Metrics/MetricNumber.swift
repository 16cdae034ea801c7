import Synchronization

/// A number that only `/metrics` and its owner look at.
final class MetricNumber: Sendable {
    private let box = Mutex(0.0)

    var value: Double { box.withLock { $0 } }

    func set(_ value: Double) { box.withLock { $0 = value } }
    func add(_ amount: Double) { box.withLock { $0 += amount } }
}
