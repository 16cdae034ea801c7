import Foundation
import Synchronization

/// What one request may take of the server's work, and what it has taken; shared by all its photos and all their stages.
///
/// Whoever works on the request calls `checkpoint` often. It ends the work when the client is gone, when the time is used up, and
/// when the server stops; and it lets others go first when the request has had a worker for long: see `WorkPool`.
package final class WorkShare: Sendable {
    /// Who sent the request; an address, or the label of a key.
    package let client: String
    /// The work it may take, in seconds on a worker.
    package let maximumSeconds: Double
    private let isAbandoned: @Sendable () -> Bool
    private let state = Mutex(State())

    private struct State {
        /// Seconds on a worker before the present slice.
        var used = 0.0
        /// When the worker was given; nil while none is held.
        var since: ContinuousClock.Instant?
        var stop: RequestError?
        var pause: (@Sendable (WorkShare) throws(RequestError) -> Void)?
    }

    /// - Parameter isAbandoned: Whether nobody waits for the answer any more.
    package init(client: String, maximumSeconds: Double, isAbandoned: @escaping @Sendable () -> Bool = { false }) {
        self.client = client
        self.maximumSeconds = maximumSeconds
        self.isAbandoned = isAbandoned
    }

    /// Seconds on a worker so far.
    package var seconds: Double {
        state.withLock { state in state.used + (state.since.map { (ContinuousClock.now - $0) / .seconds(1) } ?? 0) }
    }

    /// Seconds on a worker since it was given last.
    var slice: Double {
        state.withLock { state in state.since.map { (ContinuousClock.now - $0) / .seconds(1) } ?? 0 }
    }

    /// Why the work was ended, if it was.
    package var failure: RequestError? { state.withLock { $0.stop } }

    /// Ends the work at its next checkpoint.
    package func stop(_ reason: RequestError) {
        state.withLock { state in if state.stop == nil { state.stop = reason } }
    }

    /// A worker was given; `pause` is called at checkpoints and may hold the thread while others go first.
    func begin(pause: @escaping @Sendable (WorkShare) throws(RequestError) -> Void) {
        state.withLock { state in
            state.since = .now
            state.pause = pause
        }
    }

    /// The worker was given back.
    func end() {
        state.withLock { state in
            if let since = state.since { state.used += (ContinuousClock.now - since) / .seconds(1) }
            state.since = nil
        }
    }

    /// - Throws: Why the work has to end: `RequestError.clientGone`, `.tooMuchWork`, `.shuttingDown`, or `.busy` where too many
    ///   others wait for it to go on.
    /// - Complexity: O(1), tens of nanoseconds, while nobody waits.
    package func checkpoint() throws(RequestError) {
        let (stop, pause) = state.withLock { ($0.stop, $0.pause) }
        if let stop { throw stop }
        do throws(RequestError) {
            if isAbandoned() { throw RequestError.clientGone }
            if seconds > maximumSeconds { throw RequestError.tooMuchWork(seconds: maximumSeconds) }
            try pause?(self)
        } catch {
            self.stop(error)
            throw error
        }
    }
}
