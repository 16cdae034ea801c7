import Support

/// How much accuracy is lost when columns lose their meaning (Breiman 2001): their values are shuffled among the rows.
public struct PermutationImportance: Sendable, Equatable {
    /// Accuracy on the rows as they are.
    public let baseline: Double
    /// For each group of columns the mean loss of accuracy over the repetitions, and its population standard deviation.
    public let losses: [(mean: Double, standardDeviation: Double)]

    /// - Parameters:
    ///   - model: the fitted model.
    ///   - rows: one sample a row.
    ///   - labels: the class of every row.
    ///   - groups: columns that are shuffled together, such as all columns of one descriptor; nil is every column alone.
    ///   - repetitions: how often each column is shuffled.
    ///   - seed: of everything random: the same seed gives the same result.
    ///   - threads: threads working at once; the result does not depend on it.
    /// - Throws: ``LearnError/invalidParameter(name:value:allowed:)`` for less than one repetition or a column that does not exist;
    ///   what labels and rows can be wrong with.
    /// - Complexity: groups * repetitions predictions.
    public init(
        of model: any Classifier, rows: Matrix, labels: [Int], groups: [[Int]]? = nil, repetitions: Int = 5, seed: UInt64,
        threads: Int = .allCores
    ) throws(LearnError) {
        guard rows.rows == labels.count else { throw LearnError.rowLabelMismatch(rows: rows.rows, labels: labels.count) }
        guard !labels.isEmpty else { throw LearnError.empty(what: "rows") }
        guard repetitions >= 1 else {
            throw LearnError.invalidParameter(name: "repetitions", value: "\(repetitions)", allowed: "1 or more")
        }
        let groups = groups ?? (0..<rows.columns).map { [$0] }
        for column in groups.joined() where !(0..<rows.columns).contains(column) {
            throw LearnError.invalidParameter(name: "column", value: "\(column)", allowed: "0 to \(rows.columns - 1)")
        }
        func accuracy(_ predictions: [Int]) -> Double {
            Double(zip(predictions, labels).filter { $0 == $1 }.count) / Double(labels.count)
        }
        let baseline = accuracy(try model.predict(rows, threads: threads))
        var losses: [(Double, Double)] = []
        for (number, group) in groups.enumerated() {
            var generator = SeededGenerator(seed: seed, stream: number)
            var drops: [Double] = []
            for _ in 0..<repetitions {
                var order = Array(0..<rows.rows)
                generator.shuffle(&order)
                var shuffled = rows
                for (row, source) in order.enumerated() {
                    for column in group { shuffled[row, column] = rows[source, column] }
                }
                drops.append(baseline - accuracy(try model.predict(shuffled, threads: threads)))
            }
            losses.append((drops.reduce(0, +) / Double(repetitions), Folds.deviation(drops)))
        }
        self.baseline = baseline
        self.losses = losses
    }

    /// Whether all figures are equal.
    public static func == (left: Self, right: Self) -> Bool {
        left.baseline == right.baseline && left.losses.elementsEqual(right.losses, by: ==)
    }
}
