/// What a solver says of its work.
public struct FitReport: Sendable, Hashable, Codable {
    /// Steps taken, summed over the subproblems.
    public var iterations: Int
    /// The minimised objective at the end, summed over the subproblems; nil where a method has none (forests, neighbours).
    public var objective: Double?
    /// The worst reason among the subproblems.
    public var stopReason: StopReason

    /// What a fit of your own says of its work.
    public init(iterations: Int, objective: Double?, stopReason: StopReason) {
        self.iterations = iterations
        self.objective = objective
        self.stopReason = stopReason
    }

    /// The report of two subproblems together.
    func combined(with other: FitReport) -> FitReport {
        FitReport(
            iterations: iterations + other.iterations, objective: (objective ?? 0) + (other.objective ?? 0),
            stopReason: stopReason == .converged ? other.stopReason : stopReason)
    }
}
