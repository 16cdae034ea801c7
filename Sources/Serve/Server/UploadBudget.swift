import NIOConcurrencyHelpers

/// Bounds the memory of all bodies that are being received or worked on.
package struct UploadBudget: Sendable {
    package let maximumBytes: Int
    private let taken = NIOLockedValueBox(0)

    package init(maximumBytes: Int) { self.maximumBytes = maximumBytes }

    package var bytesTaken: Int { taken.withLockedValue { $0 } }

    /// Runs `body` with `bytes` set aside.
    /// - Throws: `RequestError.busy` when so many are not free; what `body` throws.
    package func with<Value>(_ bytes: Int, _ body: () async throws -> Value) async throws -> Value {
        let fits = taken.withLockedValue { taken in
            guard taken + bytes <= maximumBytes else { return false }
            taken += bytes
            return true
        }
        guard fits else { throw RequestError.busy(retryAfter: 2) }
        defer { taken.withLockedValue { $0 -= bytes } }
        return try await body()
    }
}
