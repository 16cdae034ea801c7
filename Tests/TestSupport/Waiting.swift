import Dispatch

/// What a test waited for did not come.
package struct WaitedTooLong: Error, CustomStringConvertible {
    package let description: String

    init(_ what: String) { description = "waited a minute for \(what)" }
}

/// Looks again and again until there is something, for a minute at most; the thread sleeps meanwhile.
package func waiting<Value>(for what: String, _ look: () throws -> Value?) throws -> Value {
    let end = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < end {
        if let value = try look() { return value }
        _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .milliseconds(10))
    }
    throw WaitedTooLong(what)
}

/// Asks again and again until it is so, for a minute at most; other tasks run meanwhile.
package func waitUntil(_ what: String, _ isSo: () async throws -> Bool) async throws {
    let end = ContinuousClock.now + .seconds(60)
    while try await !isSo() {
        guard ContinuousClock.now < end else { throw WaitedTooLong(what) }
        await Task.yield()
    }
}

extension DispatchSemaphore {
    /// Blocks the thread until somebody signals, for a minute at most: a test that failed meanwhile must end.
    package func waitAMinute() { _ = wait(timeout: .now() + .seconds(60)) }
}
