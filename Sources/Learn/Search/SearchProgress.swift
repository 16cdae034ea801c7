/// How far a search has come.
public struct SearchProgress: Sendable, Equatable {
    /// Candidates times folds, done and in all.
    public let done: Int
    public let total: Int
    public let elapsedSeconds: Double
    /// Extrapolated from what is done; nil before anything is.
    public let remainingSeconds: Double?
}
