import Synchronization

/// Whether the other end of a connection still listens; looked at from the pool's threads.
final class ConnectionLife: Sendable {
    private let ended = Mutex(false)

    var isOver: Bool { ended.withLock { $0 } }

    func end() { ended.withLock { $0 = true } }
}
