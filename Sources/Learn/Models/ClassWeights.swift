/// How much each class counts in a fit.
public enum ClassWeights: Sendable, Hashable, Codable {
    /// Every row counts 1.
    case equal
    /// A class of m rows among n counts n / (classes * m) a row, so that all classes count the same in sum.
    case balanced
    /// One weight a class, in the order of labels.
    case values([Double])

    func resolved(labels: [Int], classCount: Int) throws(LearnError) -> [Double] {
        switch self {
        case .equal: return [Double](repeating: 1, count: classCount)
        case .balanced:
            var counts = [Double](repeating: 0, count: classCount)
            for label in labels { counts[label] += 1 }
            return counts.map { Double(labels.count) / (Double(classCount) * $0) }
        case .values(let weights):
            guard weights.count == classCount, weights.allSatisfy({ $0 > 0 && $0.isFinite }) else {
                throw LearnError.invalidParameter(
                    name: "classWeights", value: "\(weights)", allowed: "\(classCount) positive numbers")
            }
            return weights
        }
    }
}
