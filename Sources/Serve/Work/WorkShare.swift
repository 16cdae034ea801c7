import Foundation
import Synchronization

/// What one request may take of the server's work, and what it has taken; shared by all its photos and all their stages.
///
/// Work is what the worker's thread uses of a processor: on a machine that is busy with other things it takes longer, which is not the
/// photo's fault. It is done on that thread alone.
///
/// Whoever works on the request calls `checkpoint` often. It ends the work when the client is gone, when the time is used up, and
/// when the server stops; and it lets others go first when the request has had a worker for long: see `WorkPool`.
package final class WorkShare: Sendable {
    /// Who sent the request; an address, or the label of a key.
    package let client: String
    /// The work it may take, in seconds of a processor.
    package let maximumSeconds: Double
    private let isAbandoned: @Sendable () -> Bool
    private let state = Mutex(State())

    private struct State {
        /// Seconds of a processor before the present slice.
        var used = 0.0
        /// When the worker was given; nil while none is held.
        var slice: Slice?
        var stop: RequestError?
        var pause: (@Sendable (WorkShare) throws(RequestError) -> Void)?
    }

    private struct Slice {
        let began = ContinuousClock.now
        let processorBegan = ThreadClock.seconds

        /// Whether so much of a processor was used since; it is asked for only where so much time has passed.
        func isOver(_ seconds: Double) -> Bool {
            (ContinuousClock.now - began) / .seconds(1) > seconds && used > seconds
        }

        var used: Double { ThreadClock.seconds - processorBegan }
    }

    /// - Parameter isAbandoned: Whether nobody waits for the answer any more.
    package init(client: String, maximumSeconds: Double, isAbandoned: @escaping @Sendable () -> Bool = { false }) {
        self.client = client
        self.maximumSeconds = maximumSeconds
        self.isAbandoned = isAbandoned
    }

    /// Seconds of a processor so far. While a worker is held, to be asked on its thread.
    package var seconds: Double { state.withLock { $0.used + ($0.slice?.used ?? 0) } }

    /// Whether the worker that was given last has worked for so many seconds; to be asked on its thread.
    func hasWorked(_ seconds: Double) -> Bool { state.withLock { $0.slice?.isOver(seconds) ?? false } }

    /// Why the work was ended, if it was.
    package var failure: RequestError? { state.withLock { $0.stop } }

    /// Ends the work at its next checkpoint.
    package func stop(_ reason: RequestError) {
        state.withLock { state in if state.stop == nil { state.stop = reason } }
    }

    /// A worker was given, whose thread calls this; `pause` is called at checkpoints and may hold the thread while others go first.
    func begin(pause: @escaping @Sendable (WorkShare) throws(RequestError) -> Void) {
        state.withLock { state in
            state.slice = Slice()
            state.pause = pause
        }
    }

    /// The worker is given back, whose thread calls this.
    func end() {
        state.withLock { state in
            state.used += state.slice?.used ?? 0
            state.slice = nil
        }
    }

    /// - Throws: Why the work has to end: `RequestError.clientGone`, `.tooMuchWork`, `.shuttingDown`, or `.busy` where too many
    ///   others wait for it to go on.
    /// - Complexity: O(1), tens of nanoseconds, while nobody waits.
    package func checkpoint() throws(RequestError) {
        let (stop, pause, isSpent) = state.withLock { state in
            (state.stop, state.pause, state.slice?.isOver(maximumSeconds - state.used) ?? false)
        }
        if let stop { throw stop }
        do throws(RequestError) {
            if isAbandoned() { throw RequestError.clientGone }
            if isSpent { throw RequestError.tooMuchWork(seconds: maximumSeconds) }
            try pause?(self)
        } catch {
            self.stop(error)
            throw error
        }
    }
}
