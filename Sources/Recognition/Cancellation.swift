import Synchronization

/// A request to stop, set once from anywhere and looked at between two pieces of work.
public final class Cancellation: Sendable {
    private let requested = Atomic<Bool>(false)

    public init() {}

    public func request() { requested.store(true, ordering: .relaxed) }
    public var isRequested: Bool { requested.load(ordering: .relaxed) }

    /// - Throws: `RecognitionError.cancelled` once a stop was requested.
    public func check() throws {
        if isRequested { throw RecognitionError.cancelled }
    }
}
