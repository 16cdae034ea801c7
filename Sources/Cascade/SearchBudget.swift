import Synchronization

/// What several searches may take together, those of one request for instance: each spends from it.
///
/// Given to every search by `SearchLimits.budget`. It is checked at each row of windows, at each different rectangle that is grouped and
/// for each group, so that a search ends within milliseconds once the budget is spent, its time is over, or nobody waits any more. A
/// spent budget ends every later search, too.
public final class SearchBudget: Sendable {
    /// When the searches have to be done.
    public let deadline: ContinuousClock.Instant?
    private let maximumHits: Int?
    private let maximumWindows: Int?
    private let isCancelled: (@Sendable () -> Bool)?
    private let spent = Mutex(Spent())

    private struct Spent {
        var hits = 0
        var windows = 0
        var isCancelled = false
    }

    /// A budget of which nothing is spent.
    /// - Parameters:
    ///   - maximumHits: the most windows that may pass all stages.
    ///   - maximumWindows: the most windows that may be visited, counted before each search.
    ///   - deadline: when the searches have to be done.
    ///   - isCancelled: whether nobody waits for the result any more; called often, from any thread.
    public init(
        maximumHits: Int? = nil, maximumWindows: Int? = nil, deadline: ContinuousClock.Instant? = nil,
        isCancelled: (@Sendable () -> Bool)? = nil
    ) {
        self.maximumHits = maximumHits
        self.maximumWindows = maximumWindows
        self.deadline = deadline
        self.isCancelled = isCancelled
    }

    /// Ends the searches that spend from this budget, with `CascadeError.cancelled`.
    public func cancel() { spent.withLock { $0.isCancelled = true } }

    /// For work between searches that shall end with them.
    /// - Throws: `CascadeError`: why the searches have to end, if they have to.
    public func check() throws(CascadeError) {
        if let reason = spend(hits: 0) { throw reason }
    }

    /// Whether the searches have to end: for work that only asks, as decoders do.
    public var isSpent: Bool { spend(hits: 0) != nil }

    /// Takes hits from the budget.
    /// - Returns: why the search has to end, if it has to.
    func spend(hits: Int) -> CascadeError? {
        let (found, isOver) = spent.withLock { spent in
            spent.hits += hits
            return (spent.hits, spent.isCancelled)
        }
        if isOver || isCancelled?() == true { return .cancelled }
        if let maximumHits, found > maximumHits { return .tooManyHits(limit: maximumHits) }
        if let deadline, ContinuousClock.now >= deadline { return .outOfTime }
        return nil
    }

    /// Takes the windows of a search from the budget.
    /// - Throws: `CascadeError.tooManyWindows`, and nothing is taken.
    func spend(windows: Int) throws(CascadeError) {
        guard let maximumWindows else { return }
        let isEnough = spent.withLock { spent in
            guard spent.windows + windows <= maximumWindows else { return false }
            spent.windows += windows
            return true
        }
        guard isEnough else { throw .tooManyWindows(windows: windows, limit: maximumWindows) }
    }
}
