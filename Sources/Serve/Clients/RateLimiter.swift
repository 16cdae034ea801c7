import Synchronization

/// Requests a second for each client: a bucket that fills at the client's rate and holds two seconds' worth.
package final class RateLimiter: Sendable {
    private struct Bucket {
        var tokens: Double
        var filledAt: ContinuousClock.Instant
    }

    /// More clients than any honest server has at a time; full buckets are forgotten first, since a new one is full too.
    private static let maximumClients = 100_000
    private let buckets = Mutex<[String: Bucket]>([:])

    package init() {}

    /// Takes a request of `client`.
    /// - Parameters:
    ///   - rate: Requests a second; 0 is no limit.
    ///   - now: The time, for tests.
    /// - Throws: `RequestError.tooManyRequests` with the seconds until the next is accepted.
    /// - Complexity: O(1), and O(clients) once for each 100,000 new ones.
    package func take(_ client: String, rate: Double, now: ContinuousClock.Instant = .now) throws(RequestError) {
        guard rate > 0 else { return }
        let capacity = max(1, 2 * rate)
        let missing = buckets.withLock { buckets -> Double in
            if buckets.count >= Self.maximumClients, buckets[client] == nil {
                buckets = buckets.filter { (now - $0.value.filledAt) / .seconds(1) < 2 }
            }
            var bucket = buckets[client] ?? Bucket(tokens: capacity, filledAt: now)
            bucket.tokens = min(capacity, bucket.tokens + rate * ((now - bucket.filledAt) / .seconds(1)))
            bucket.filledAt = now
            defer { buckets[client] = bucket }
            guard bucket.tokens >= 1 else { return 1 - bucket.tokens }
            bucket.tokens -= 1
            return 0
        }
        if missing > 0 { throw .tooManyRequests(retryAfter: max(1, Int((missing / rate).rounded(.up)))) }
    }
}
