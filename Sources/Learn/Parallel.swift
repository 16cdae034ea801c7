import Dispatch
import Foundation

/// Runs independent pieces of work on a bounded number of threads. Pieces write to places of their own, so that results never
/// depend on how many threads there are or which of them ran what.
enum Parallel {
    /// Calls `body` once for each index in 0..<`count`, handing indices out in order as threads become free, at most `threads`
    /// of them at once, the calling thread included. Returns when all are done.
    static func forEach(_ count: Int, threads: Int, _ body: @Sendable (Int) -> Void) {
        let workers = min(max(threads, 1), count)
        guard workers > 1 else {
            for index in 0..<count { body(index) }
            return
        }
        let queue = IndexQueue(count: count)
        DispatchQueue.concurrentPerform(iterations: workers) { _ in
            while let index = queue.take() { body(index) }
        }
    }
}

/// Hands out 0, 1, 2, ... to whoever asks, each once.
private final class IndexQueue: Sendable {
    private let next = Guarded(0)
    private let count: Int

    init(count: Int) { self.count = count }

    func take() -> Int? {
        next.withLock { next in
            guard next < count else { return nil }
            next += 1
            return next - 1
        }
    }
}

/// A value behind a lock. (The standard library's Mutex needs a newer macOS than the package asks for.)
final class Guarded<Value>: @unchecked Sendable {
    // Safe to share: `value` is only touched while `lock` is held.
    private let lock = NSLock()
    private var value: Value

    init(_ value: Value) { self.value = value }

    func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
        lock.lock()
        defer { lock.unlock() }
        return try body(&value)
    }
}
