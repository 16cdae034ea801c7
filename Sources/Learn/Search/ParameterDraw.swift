import Foundation

/// Draws parameters at random.
public struct ParameterDraw: Sendable {
    var generator: SeededGenerator

    /// Between `low` and `high`, every number as likely as any other.
    public mutating func uniform(_ low: Double, _ high: Double) -> Double { low + (high - low) * generator.uniform() }

    /// Between `low` and `high`, every order of magnitude as likely as any other.
    /// - Precondition: both above 0.
    public mutating func logUniform(_ low: Double, _ high: Double) -> Double {
        precondition(low > 0 && high > 0, "only positive numbers have logarithms")
        return exp(uniform(log(low), log(high)))
    }

    /// One of several.
    /// - Precondition: there is at least one.
    public mutating func choice<Value>(_ values: [Value]) -> Value { values[generator.next(below: values.count)] }
}
