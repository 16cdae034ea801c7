/// What is to be asked of each host: one request at a time, a pause between two, and a longer one where the host asks for it.
///
/// It knows no network and no clock: instants come in, jobs go out.
/// - Complexity: `next` O(hosts), all else O(1) amortised.
package struct HostQueues<Job> {
    package typealias Instant = ContinuousClock.Instant

    private struct Host {
        /// In reverse, what is put back last and so stands first; then those that wait in their order, from `start` on.
        var putBack: [Job] = []
        var waiting: [Job] = []
        var start = 0
        var isBusy = false
        var readyAt: Instant?
        /// Of this host alone, where it is longer than the common one.
        var interval: Duration = .zero

        var isEmpty: Bool { putBack.isEmpty && start == waiting.count }

        mutating func pop() -> Job? {
            if let job = putBack.popLast() { return job }
            guard start < waiting.count else { return nil }
            start += 1
            let job = waiting[start - 1]
            if start > 64 && start * 2 > waiting.count {
                waiting.removeFirst(start)
                start = 0
            }
            return job
        }
    }

    private var hosts: [String: Host] = [:]
    /// The names, those first that were asked longest ago.
    private var turns: [String] = []
    private let interval: Duration
    package private(set) var count = 0

    /// - Parameter interval: from the end of one request to the beginning of the host's next.
    package init(interval: Duration) { self.interval = interval }

    private mutating func change(_ name: String, _ body: (inout Host) -> Void) {
        if hosts[name] == nil { turns.append(name) }
        body(&hosts[name, default: Host()])
    }

    /// At the end of the host's queue.
    package mutating func add(_ job: Job, to name: String) {
        count += 1
        change(name) { $0.waiting.append(job) }
    }

    /// Before all others of the host.
    package mutating func putBack(_ job: Job, to name: String) {
        count += 1
        change(name) { $0.putBack.append(job) }
    }

    /// The host waits at least so long between two requests.
    package mutating func slow(_ name: String, to interval: Duration) { change(name) { $0.interval = max($0.interval, interval) } }

    /// A job whose host is idle and has rested; its host is busy until `finish`.
    package mutating func next(at now: Instant) -> (host: String, job: Job)? {
        for (place, name) in turns.enumerated() {
            guard var host = hosts[name], !host.isBusy, host.readyAt.map({ $0 <= now }) ?? true, let job = host.pop() else { continue }
            host.isBusy = true
            hosts[name] = host
            turns.append(turns.remove(at: place))
            count -= 1
            return (name, job)
        }
        return nil
    }

    /// When the first idle host with jobs has rested; nil where there is none.
    package var earliest: Instant? {
        hosts.values.filter { !$0.isBusy && !$0.isEmpty }.compactMap(\.readyAt).min()
    }

    /// The host's request has ended.
    /// - Parameter pause: how long the host is left alone at least.
    package mutating func finish(_ name: String, at now: Instant, pause: Duration = .zero) {
        let least = max(interval, pause)
        change(name) { host in
            host.isBusy = false
            host.readyAt = now + max(least, host.interval)
        }
    }

    /// Takes everything that waits for a host out of its queue.
    package mutating func close(_ name: String) -> [Job] {
        var jobs: [Job] = []
        change(name) { host in while let job = host.pop() { jobs.append(job) } }
        count -= jobs.count
        return jobs
    }
}
