/// How far a search has come.
public struct SearchProgress: Sendable, Equatable {
    /// Candidates times folds, done and in all.
    public let done: Int
    /// Candidates times folds.
    public let total: Int
    /// Since the search began.
    public let elapsed: Duration
    /// Extrapolated from what is done; nil before anything is.
    public let remaining: Duration?
}
