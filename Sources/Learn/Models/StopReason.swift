/// How a fit ended.
public enum StopReason: String, Sendable, Hashable, Codable {
    /// The stopping condition of the parameters was met.
    case converged
    /// The largest number of steps was reached; the model is the best so far.
    case iterationLimit
    /// No step in floating point arithmetic could improve the objective any more.
    case noProgress
    /// The method has no iterations: it computes its answer directly.
    case direct
}
