import Synchronization

/// A request to stop, set once from anywhere and looked at between two pieces of work.
public final class Cancellation: Sendable {
    private let requested = Atomic<Bool>(false)

    /// Nothing is requested yet.
    public init() {}

    /// Asks for the work to stop; asking again changes nothing.
    public func request() { requested.store(true, ordering: .relaxed) }

    /// Whether a stop was requested.
    public var isRequested: Bool { requested.load(ordering: .relaxed) }
}
