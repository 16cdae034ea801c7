import Synchronization

/// Bounds the memory of all bodies that are being received or worked on. Bytes are taken as they arrive, not as they are announced;
/// one client holds at most half of them.
package final class UploadBudget: Sendable {
    package let maximumBytes: Int
    private let taken = Mutex(Taken())

    private struct Taken {
        var all = 0
        var of: [String: Int] = [:]
    }

    package init(maximumBytes: Int) { self.maximumBytes = maximumBytes }

    package var bytesTaken: Int { taken.withLock { $0.all } }

    /// What one body has taken; given back when it goes.
    package final class Account: Sendable {
        private let budget: UploadBudget
        private let client: String
        private let bytes = Mutex(0)

        fileprivate init(budget: UploadBudget, client: String) {
            self.budget = budget
            self.client = client
        }

        /// - Throws: `RequestError.noMemoryForBodies` when so many bytes are not free, or not for this client.
        package func take(_ count: Int) throws(RequestError) {
            guard budget.take(count, for: client) else { throw .noMemoryForBodies(retryAfter: 2) }
            bytes.withLock { $0 += count }
        }

        deinit { budget.giveBack(bytes.withLock { $0 }, of: client) }
    }

    package func account(of client: String) -> Account { Account(budget: self, client: client) }

    private func take(_ count: Int, for client: String) -> Bool {
        taken.withLock { taken in
            let own = taken.of[client, default: 0] + count
            guard taken.all + count <= maximumBytes, own <= maximumBytes / 2 else { return false }
            taken.all += count
            taken.of[client] = own
            return true
        }
    }

    private func giveBack(_ count: Int, of client: String) {
        taken.withLock { taken in
            taken.all -= count
            let left = taken.of[client, default: count] - count
            taken.of[client] = left > 0 ? left : nil
        }
    }
}
