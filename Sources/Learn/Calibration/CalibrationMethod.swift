/// How scores become probabilities.
public enum CalibrationMethod: String, Sendable, Hashable, Codable {
    /// Softmax of the scores times one factor: the order of classes stays what the scores say.
    case temperature
    /// One logistic function a class (Platt), normalised to sum 1.
    case platt
    /// One rising step function a class, normalised to sum 1; needs many rows.
    case isotonic
}
