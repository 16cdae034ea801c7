/// How often each class was taken for which: the source of accuracy, precision, recall and F1.
public struct ConfusionMatrix: Sendable, Equatable {
    /// Labels are 0..<classCount.
    public let classCount: Int
    /// Row-major: `counts[true * classCount + predicted]`.
    public private(set) var counts: [Int]

    /// - Throws: ``LearnError/rowLabelMismatch(rows:labels:)``, ``LearnError/labelOutOfRange(row:label:classes:)``,
    ///   ``LearnError/empty(what:)``.
    /// - Complexity: O(labels.count).
    public init(labels: [Int], predictions: [Int], classCount: Int) throws(LearnError) {
        guard labels.count == predictions.count else {
            throw LearnError.rowLabelMismatch(rows: predictions.count, labels: labels.count)
        }
        guard !labels.isEmpty else { throw LearnError.empty(what: "labels") }
        self.classCount = classCount
        counts = [Int](repeating: 0, count: classCount * classCount)
        for (row, (label, prediction)) in zip(labels, predictions).enumerated() {
            for number in [label, prediction] where !(0..<classCount).contains(number) {
                throw LearnError.labelOutOfRange(row: row, label: number, classes: classCount)
            }
            counts[label * classCount + prediction] += 1
        }
    }

    /// How many rows of a class were given a prediction.
    public subscript(label: Int, prediction: Int) -> Int { counts[label * classCount + prediction] }

    /// All rows.
    public var total: Int { counts.reduce(0, +) }
    /// Rows whose prediction is their label.
    public var correct: Int { (0..<classCount).reduce(0) { $0 + self[$1, $1] } }
    /// correct / total
    public var accuracy: Double { Double(correct) / Double(total) }

    /// The measures of one class. A quotient without denominator (a class never predicted, or without rows) is 0.
    public struct ClassMeasures: Sendable, Equatable {
        /// Right among the rows predicted as this class.
        public var precision: Double
        /// Right among the rows of this class.
        public var recall: Double
        /// 2 * precision * recall / (precision + recall)
        public var f1: Double
        /// Rows of this class.
        public var support: Int
    }

    /// - Precondition: `label` lies in 0..<classCount.
    public func measures(of label: Int) -> ClassMeasures {
        let right = Double(self[label, label])
        let support = (0..<classCount).reduce(0) { $0 + self[label, $1] }
        let predicted = (0..<classCount).reduce(0) { $0 + self[$1, label] }
        func quotient(_ part: Double, _ whole: Double) -> Double { whole > 0 ? part / whole : 0 }
        return ClassMeasures(
            precision: quotient(right, Double(predicted)), recall: quotient(right, Double(support)),
            f1: quotient(2 * right, Double(predicted + support)), support: support)
    }

    /// The measures of every class, in the order of labels.
    public var measures: [ClassMeasures] { (0..<classCount).map(measures(of:)) }

    /// Means over classes, each counting the same.
    public var macro: ClassMeasures { mean { _ in 1 } }

    /// Means over classes, each counting as often as it has rows.
    public var weighted: ClassMeasures { mean { Double($0.support) } }

    /// Mean recall over the classes that have rows.
    public var balancedAccuracy: Double {
        let present = measures.filter { $0.support > 0 }
        return present.reduce(0) { $0 + $1.recall } / Double(present.count)
    }

    private func mean(_ weight: (ClassMeasures) -> Double) -> ClassMeasures {
        let all = measures
        let sum = all.reduce(0) { $0 + weight($1) }
        func mean(_ value: (ClassMeasures) -> Double) -> Double { all.reduce(0) { $0 + weight($1) * value($1) } / sum }
        return ClassMeasures(precision: mean(\.precision), recall: mean(\.recall), f1: mean(\.f1), support: total)
    }
}
