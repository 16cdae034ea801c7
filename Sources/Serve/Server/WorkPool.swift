import NIOConcurrencyHelpers
import NIOPosix

/// The threads that do the heavy work, and the bounded line in front of them. Event loops and Swift's own threads never do it.
///
/// At most `workers` jobs run and at most `queue` wait; one more is refused at once, which keeps the time anybody waits, and
/// the memory that waiting photos take, bounded.
package struct WorkPool: Sendable {
    package let workers: Int
    package let queue: Int
    private let threads: NIOThreadPool
    private let count = NIOLockedValueBox(Count())

    private struct Count {
        var admitted = 0
        var running = 0
    }

    package init(workers: Int, queue: Int) {
        self.workers = workers
        self.queue = queue
        threads = NIOThreadPool(numberOfThreads: workers)
    }

    package var running: Int { count.withLockedValue { $0.running } }
    package var waiting: Int { count.withLockedValue { $0.admitted - $0.running } }
    package var isFull: Bool { count.withLockedValue { $0.admitted >= workers + queue } }

    package func start() { threads.start() }

    /// Lets running jobs end; jobs that still wait fail.
    package func stop() async throws { try await threads.shutdownGracefully() }

    /// Runs `job` on a worker as soon as one is free.
    /// - Throws: `RequestError.busy` when the line is full; what `job` throws.
    package func run<Value: Sendable>(_ job: @escaping @Sendable () throws -> Value) async throws -> Value {
        let admitted = count.withLockedValue { count in
            guard count.admitted < workers + queue else { return false }
            count.admitted += 1
            return true
        }
        guard admitted else { throw RequestError.busy(retryAfter: 1) }
        defer { count.withLockedValue { $0.admitted -= 1 } }
        return try await threads.runIfActive { [count] in
            count.withLockedValue { $0.running += 1 }
            defer { count.withLockedValue { $0.running -= 1 } }
            return try job()
        }
    }
}
