import NIOCore
import Synchronization

/// All open connections: who may open one more, and which is closed when places run out.
///
/// - One address holds at most `perAddress` connections; one more is closed at once. Addresses in `exempt` (proxies) are not counted.
/// - When all `maximum` places are taken, the connection that has been idle longest is closed for the new one. Where none is
///   idle, the new one is accepted into the `reserve`, whose connections are answered health and metrics alone; beyond that it is
///   closed at once. So whoever watches over the server reaches it whatever its clients do.
package final class ConnectionRegistry: Sendable {
    /// How a connection begins.
    package enum Admission: Equatable, Sendable {
        case accepted
        /// For `/healthz`, `/readyz` and `/metrics` only.
        case reserved
        case refused
    }

    private struct Entry {
        var address: String
        var isReserved: Bool
        /// nil while a request is under way.
        var idleSince: NIODeadline?
        var close: @Sendable () -> Void
    }

    private struct State {
        var entries: [ObjectIdentifier: Entry] = [:]
        var ofAddress: [String: Int] = [:]
        var accepted = 0
        var evicted = 0
        var refused = 0
    }

    private let maximum: Int
    private let perAddress: Int
    private let reserve: Int
    private let isExempt: @Sendable (String) -> Bool
    private let state = Mutex(State())

    package init(maximum: Int, perAddress: Int, reserve: Int, isExempt: @escaping @Sendable (String) -> Bool = { _ in false }) {
        self.maximum = maximum
        self.perAddress = perAddress
        self.reserve = reserve
        self.isExempt = isExempt
    }

    /// Connections that are open, those in the reserve among them.
    package var count: Int { state.withLock { $0.entries.count } }
    /// Idle connections that were closed for new ones, and new ones that were closed at once, since the start.
    package var closed: (evicted: Int, refused: Int) { state.withLock { ($0.evicted, $0.refused) } }

    /// Admits a connection from `address`, or not. Where it is admitted, `leave` must follow.
    /// - Parameter close: Closes the connection; called when its place is needed, from any thread.
    /// - Complexity: O(1) while there is room, O(connections) when an idle one has to be found.
    package func enter(_ id: ObjectIdentifier, address: String, close: @escaping @Sendable () -> Void) -> Admission {
        let (admission, victim) = state.withLock { state -> (Admission, (@Sendable () -> Void)?) in
            guard isExempt(address) || state.ofAddress[address, default: 0] < perAddress else {
                state.refused += 1
                return (.refused, nil)
            }
            var isReserved = false
            var victim: (@Sendable () -> Void)?
            if state.accepted >= maximum {
                let idle = state.entries.filter { $0.value.idleSince != nil && !$0.value.isReserved }
                if let oldest = idle.min(by: { ($0.value.idleSince ?? .distantFuture) < ($1.value.idleSince ?? .distantFuture) }) {
                    victim = oldest.value.close
                    remove(oldest.key, from: &state)
                    state.evicted += 1
                } else if state.entries.count - state.accepted < reserve {
                    isReserved = true
                } else {
                    state.refused += 1
                    return (.refused, nil)
                }
            }
            state.entries[id] = Entry(address: address, isReserved: isReserved, idleSince: .now(), close: close)
            state.ofAddress[address, default: 0] += 1
            if !isReserved { state.accepted += 1 }
            return (isReserved ? .reserved : .accepted, victim)
        }
        victim?()
        return admission
    }

    /// A request began on the connection, or its response ended.
    package func setBusy(_ id: ObjectIdentifier, _ isBusy: Bool) {
        state.withLock { $0.entries[id]?.idleSince = isBusy ? nil : .now() }
    }

    /// The connection is closed.
    package func leave(_ id: ObjectIdentifier) {
        state.withLock { remove(id, from: &$0) }
    }

    private func remove(_ id: ObjectIdentifier, from state: inout State) {
        guard let entry = state.entries.removeValue(forKey: id) else { return }
        if !entry.isReserved { state.accepted -= 1 }
        let left = state.ofAddress[entry.address, default: 1] - 1
        state.ofAddress[entry.address] = left > 0 ? left : nil
    }
}
