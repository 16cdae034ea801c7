/// What takes the place of the inner product of two rows x and y.
public enum KernelFunction: Sendable, Hashable, Codable {
    /// x·y
    case linear
    /// exp(-gamma |x - y|²)
    case rbf(gamma: Gamma)
    /// (gamma x·y + coefficient)^degree
    case polynomial(degree: Int, gamma: Gamma, coefficient: Double)
    /// tanh(gamma x·y + coefficient)
    case sigmoid(gamma: Gamma, coefficient: Double)

    /// How the factor gamma is found.
    public enum Gamma: Sendable, Hashable, Codable {
        /// 1 / columns
        case auto
        /// 1 / (columns * population variance of all numbers in the training rows)
        case scale
        /// A number above 0.
        case value(Double)
    }
}
