import Foundation
import NIOPosix
import Synchronization

/// The threads that do the heavy work, and the bounded line in front of them. Event loops and Swift's own threads never do it.
///
/// - At most `workers` jobs run and at most `queue` wait; one more is refused at once, which keeps the time anybody waits, and the
///   memory that waiting photos take, bounded. One client runs at most `share` jobs, half of the workers, and waits with at
///   most half of the line.
/// - Clients take turns: the next job is of the client that was served longest ago.
/// - A job that has run for `quantum` seconds lets others go first where some wait: it gives its worker back and waits, with its
///   thread and memory, until nobody else does. At most `workers` jobs wait so; when there is one more, the one of them that has taken most
///   work is ended as `busy`. So a photo that is a lot of work delays nobody for longer than a quantum, and ends none that is less.
package final class WorkPool: Sendable {
    package let workers: Int
    package let queue: Int
    /// The most workers one client has at a time.
    package let share: Int
    private let quantum: Double
    private let patience: Double
    private let threads: NIOThreadPool
    private let state = Mutex(State())

    private struct Waiter {
        var share: WorkShare
        var since: ContinuousClock.Instant
        var start: @Sendable (RequestError?) -> Void
    }

    private struct Paused {
        var share: WorkShare
        var since: ContinuousClock.Instant
        var resume: DispatchSemaphore
    }

    private struct State {
        var running = 0
        var waiting: [Waiter] = []
        var paused: [Paused] = []
        var runningOf: [String: Int] = [:]
        var servedAt: [String: Int] = [:]
        var turn = 0
        var shares: [ObjectIdentifier: WorkShare] = [:]
        var isStopping = false
    }

    /// - Parameters:
    ///   - share: Half of the workers, rounded up, unless given.
    ///   - quantum: Seconds a job runs before others go first.
    ///   - patience: Seconds a job waits for a worker, at first or after a pause, before it is refused as `busy`.
    package init(workers: Int, queue: Int, share: Int? = nil, quantum: Double = 0.25, patience: Double = 30) {
        self.workers = workers
        self.queue = queue
        self.share = share ?? (workers + 1) / 2
        self.quantum = quantum
        self.patience = patience
        // A job that lets others go first keeps its thread.
        threads = NIOThreadPool(numberOfThreads: 2 * workers)
    }

    package var running: Int { state.withLock { $0.running } }
    package var waiting: Int { state.withLock { $0.waiting.count } }
    package var paused: Int { state.withLock { $0.paused.count } }

    package func start() { threads.start() }

    /// Lets running jobs end; jobs that still wait fail.
    package func stop() async throws {
        refuseWaiting()
        try await threads.shutdownGracefully()
    }

    /// Ends every job at its next checkpoint, and those that wait, as `shuttingDown`.
    package func abandon() {
        for share in state.withLock({ Array($0.shares.values) }) { share.stop(.shuttingDown) }
        refuseWaiting()
        for paused in state.withLock({ $0.paused }) { paused.resume.signal() }
    }

    private func refuseWaiting() {
        let waiting = state.withLock { state in
            state.isStopping = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for waiter in waiting { waiter.start(.shuttingDown) }
    }

    /// - Throws: `RequestError.busy` where a job of the client would be refused now; spares reading its body.
    package func requireRoom(for client: String) throws(RequestError) {
        if let refusal = state.withLock({ refusal(of: client, in: $0) }) { throw refusal }
    }

    private func refusal(of client: String, in state: State) -> RequestError? {
        if state.isStopping { return .shuttingDown }
        if state.running < workers, state.runningOf[client, default: 0] < share { return nil }
        let own = state.waiting.count { $0.share.client == client }
        return state.waiting.count >= queue || own >= max(1, queue / 2) ? .busy(retryAfter: 1) : nil
    }

    /// Runs `job` on a worker as soon as it is its turn.
    /// - Throws: `RequestError.busy` when the line is full or the wait too long; what `job` throws.
    package func run<Value: Sendable>(
        _ share: WorkShare = WorkShare(client: "", maximumSeconds: .infinity), _ job: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await takeWorker(share)
        defer { giveBack(share) }
        return try await threads.runIfActive { [self] in
            share.begin { [self] share throws(RequestError) in try letOthersGoFirst(share) }
            defer { share.end() }
            return try job()
        }
    }

    // MARK: - Turns

    private func takeWorker(_ share: WorkShare) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            let start: @Sendable (RequestError?) -> Void = { refusal in
                if let refusal { continuation.resume(throwing: refusal) } else { continuation.resume() }
            }
            let refusal = state.withLock { state -> RequestError? in
                if let refusal = self.refusal(of: share.client, in: state) { return refusal }
                state.waiting.append(Waiter(share: share, since: .now, start: start))
                state.shares[ObjectIdentifier(share)] = share
                return nil
            }
            if let refusal { start(refusal) } else { dispatch() }
        }
    }

    private func giveBack(_ share: WorkShare) {
        state.withLock { state in
            release(share, in: &state)
            state.shares[ObjectIdentifier(share)] = nil
            if state.runningOf[share.client] == nil, !state.waiting.contains(where: { $0.share.client == share.client }) {
                state.servedAt[share.client] = nil
            }
        }
        dispatch()
    }

    private func take(_ share: WorkShare, in state: inout State) {
        state.running += 1
        state.runningOf[share.client, default: 0] += 1
        state.turn += 1
        state.servedAt[share.client] = state.turn
    }

    private func release(_ share: WorkShare, in state: inout State) {
        state.running -= 1
        let left = state.runningOf[share.client, default: 1] - 1
        state.runningOf[share.client] = left > 0 ? left : nil
    }

    /// Gives free workers to those whose turn it is: first who waits to begin, then who paused, least served first.
    private func dispatch() {
        while true {
            let begin = state.withLock { state -> (@Sendable () -> Void)? in
                let now = ContinuousClock.now
                if let late = state.waiting.firstIndex(where: { (now - $0.since) / .seconds(1) > patience }) {
                    let waiter = state.waiting.remove(at: late)
                    state.shares[ObjectIdentifier(waiter.share)] = nil
                    return { waiter.start(.busy(retryAfter: 5)) }
                }
                guard state.running < workers else { return nil }
                if let next = next(in: state) {
                    let waiter = state.waiting.remove(at: next)
                    take(waiter.share, in: &state)
                    return { waiter.start(nil) }
                }
                let ready = state.paused.indices.filter { mayRun(state.paused[$0].share.client, in: state) }
                guard let next = ready.min(by: { state.paused[$0].share.seconds < state.paused[$1].share.seconds }) else { return nil }
                let paused = state.paused.remove(at: next)
                take(paused.share, in: &state)
                return { paused.resume.signal() }
            }
            guard let begin else { return }
            begin()
        }
    }

    private func mayRun(_ client: String, in state: State) -> Bool { state.runningOf[client, default: 0] < share }

    /// The first in line of the client that was served longest ago, of those that may have one more worker.
    private func next(in state: State) -> Int? {
        state.waiting.indices.filter { mayRun(state.waiting[$0].share.client, in: state) }
            .min { state.servedAt[state.waiting[$0].share.client, default: 0] < state.servedAt[state.waiting[$1].share.client, default: 0] }
    }

    /// Ends a job that waits in its pause: its thread goes on to its next checkpoint and no further.
    private func end(_ paused: Paused, in state: inout State) {
        paused.share.stop(.busy(retryAfter: 5))
        // What `giveBack` releases when the thread is there.
        take(paused.share, in: &state)
        paused.resume.signal()
    }

    /// Called at the checkpoints of a running job, on its thread.
    private func letOthersGoFirst(_ share: WorkShare) throws(RequestError) {
        guard share.hasWorked(quantum) else { return }
        let resume = DispatchSemaphore(value: 0)
        let isPaused = try state.withLock { state -> Result<Bool, RequestError> in
            // One client's jobs do not wait for each other's next ones alone: that would only swap them.
            guard state.waiting.contains(where: { $0.share.client != share.client && mayRun($0.share.client, in: state) }) else {
                return .success(false)
            }
            if state.paused.count >= workers {
                let most = state.paused.indices.max { state.paused[$0].share.seconds < state.paused[$1].share.seconds }
                guard let most, state.paused[most].share.seconds > share.seconds else { return .failure(.busy(retryAfter: 5)) }
                end(state.paused.remove(at: most), in: &state)
            }
            release(share, in: &state)
            state.paused.append(Paused(share: share, since: .now, resume: resume))
            return .success(true)
        }.get()
        guard isPaused else { return }
        share.end()
        dispatch()
        let isResumed = resume.wait(timeout: .now() + patience) == .success
        let hasWorker = state.withLock { state -> Bool in
            guard let place = state.paused.firstIndex(where: { $0.resume === resume }) else { return true }
            // Nobody gave a worker: the job ends, and what `giveBack` releases is taken here.
            state.paused.remove(at: place)
            take(share, in: &state)
            return false
        }
        guard hasWorker else { throw isResumed ? .shuttingDown : .busy(retryAfter: 5) }
        share.begin { [self] share throws(RequestError) in try letOthersGoFirst(share) }
    }
}
