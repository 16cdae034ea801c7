import Synchronization

/// Whether requests with photos are answered: the model has reproduced its self-test vectors on this machine, and the server is not
/// shutting down.
package final class Readiness: Sendable {
    enum State: Sendable, Equatable {
        case checking
        case ready
        case failed
        case shuttingDown
    }

    private let box = Mutex(State.checking)
    private let listening = Mutex(false)

    /// Whether connections are accepted.
    var isListening: Bool { listening.withLock { $0 } }

    /// Connections are accepted from now on.
    func settleListening() { listening.withLock { $0 = true } }

    var state: State { box.withLock { $0 } }

    /// A server that shuts down never becomes ready again.
    func settle(_ state: State) {
        box.withLock { if $0 != .shuttingDown { $0 = state } }
    }

    /// For photos: requests that came before the end are still answered while the server shuts down.
    /// - Throws: `RequestError.notReady` while the check runs, `.selfTestFailed` when it failed.
    func requireModel() throws(RequestError) {
        switch state {
        case .ready, .shuttingDown: return
        case .checking: throw .notReady(retryAfter: 1)
        case .failed: throw .selfTestFailed
        }
    }

    /// For those that send requests here: as `requireModel`, and no more once the server shuts down.
    /// - Throws: As `requireModel`, and `RequestError.shuttingDown`.
    func requireService() throws(RequestError) {
        try requireModel()
        if state == .shuttingDown { throw .shuttingDown }
    }
}
