import NIOConcurrencyHelpers

/// Whether the other end of a connection still listens; asked from the pool's threads.
final class ConnectionLife: Sendable {
    private let ended = NIOLockedValueBox(false)

    var isOver: Bool { ended.withLockedValue { $0 } }

    func end() { ended.withLockedValue { $0 = true } }
}
