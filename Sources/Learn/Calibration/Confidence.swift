import Foundation

/// How sure a row's probabilities are of their best class.
///
/// Where the last class is the background's, of rows that belong to none of the others, the best of the others is what is asked about, and
/// the background is one more class that it is compared with.
public enum Confidence: String, Sendable, Hashable, Codable {
    /// The highest probability, 0 to 1. It falls when classes are added: of a stranger, whoever has fewer classes to choose from is surer.
    case highestProbability
    /// The highest probability less the second highest, which depends less on how many classes there are: 0 to 1, below 0 where the
    /// background is likelier.
    case margin
    /// The logarithm of the highest probability less the mean of all logarithms: 0 to about 28, below 0 where only the background is likely.
    /// A stranger who is a little like everybody has little of it, even where one class is far above the second.
    case lead

    /// Larger is surer.
    /// - Precondition: two probabilities or more.
    /// - Complexity: O(classes).
    public func value(of probabilities: some Collection<Double>, hasBackground: Bool = false) -> Double {
        var best = (place: 0, value: -1.0)
        for (place, probability) in probabilities.dropLast(hasBackground ? 1 : 0).enumerated() where probability > best.value {
            best = (place, probability)
        }
        switch self {
        case .highestProbability:
            return best.value
        case .margin:
            var second = 0.0
            for (place, probability) in probabilities.enumerated() where place != best.place { second = max(second, probability) }
            return best.value - second
        case .lead:
            let sum = probabilities.reduce(0) { $0 + log(max($1, Self.leastProbability)) }
            return log(max(best.value, Self.leastProbability)) - sum / Double(probabilities.count)
        }
    }

    /// Smaller probabilities count as this one: they say no more.
    private static let leastProbability = 1e-12

    /// All confidences lie between these.
    var range: ClosedRange<Double> {
        switch self {
        case .highestProbability: 0...1
        case .margin: -1...1
        case .lead: -28...28
        }
    }
}
