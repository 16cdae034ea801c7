import NIOConcurrencyHelpers

/// A number that only `/metrics` and its owner look at.
final class MetricNumber: Sendable {
    private let box = NIOLockedValueBox(0.0)

    var value: Double { box.withLockedValue { $0 } }

    func set(_ value: Double) { box.withLockedValue { $0 = value } }
    func add(_ amount: Double) { box.withLockedValue { $0 += amount } }
}
