import Learn

/// Out-of-fold probabilities of every label for every crop.
struct LabelProbabilities {
    private var probabilities: DoubleMatrix?
    private let classes: [Int]
    /// The share of crops whose label has the highest score; NaN with a single label.
    let accuracy: Double

    private static let penalty = 0.5
    private static let leastTrusted = 0.3
    /// Pairs of a crop and a label, evenly spread, that two numbers are fitted to.
    private static let fittedPairs = 1_000_000

    /// - Parameters:
    ///   - rows: crops x coordinates.
    ///   - classes: each crop's label, below `labels`.
    ///   - groups: each crop's near-duplicate group.
    init(rows: Matrix, classes: [Int], labels: Int, groups: [Int], threads: Int) throws {
        self.classes = classes
        guard labels > 1, rows.columns > 0 else {
            accuracy = .nan
            return
        }
        var trusted = Array(classes.indices)
        var accuracy = 0.0
        for _ in 0..<2 {
            let fit = try LeastSquaresScores(
                rows: rows, training: trusted, classes: trusted.map { classes[$0] }, outputs: labels, groups: groups,
                penalty: Self.penalty, threads: threads)
            let scores = try DoubleMatrix(fit.leftOut { Array($1) })
            let shown = Array(stride(from: 0, to: classes.count, by: max(1, classes.count * labels / Self.fittedPairs)))
            let (slope, offset) = PlattFit.fit(
                scores: shown.flatMap { scores.row($0) }, isMember: shown.flatMap { crop in (0..<labels).map { classes[crop] == $0 } })
            var matrix = DoubleMatrix(rows: classes.count, columns: labels)
            for crop in classes.indices {
                for label in 0..<labels { matrix[crop, label] = Softmax.sigmoid(slope * scores[crop, label] + offset) }
            }
            probabilities = matrix
            let said = scores.rowArgmax()
            accuracy = Double(zip(said, classes).count { $0 == $1 }) / Double(classes.count)
            let next = classes.indices.filter { matrix[$0, classes[$0]] >= Self.leastTrusted }
            // A label that would be left without crops to learn from keeps all of its own.
            let covered = Set(next.map { classes[$0] })
            trusted = classes.indices.filter { matrix[$0, classes[$0]] >= Self.leastTrusted || !covered.contains(classes[$0]) }
        }
        self.accuracy = accuracy
    }

    /// The probability of a crop's label; nil where there is nothing to compare.
    func own(_ crop: Int) -> Double? { probabilities.map { $0[crop, classes[crop]] } }

    /// The most probable other label.
    func rival(_ crop: Int) -> (label: Int, probability: Double)? {
        guard let probabilities else { return nil }
        let others = (0..<probabilities.columns).filter { $0 != classes[crop] }
        return others.max { (probabilities[crop, $0], $1) < (probabilities[crop, $1], $0) }.map { ($0, probabilities[crop, $0]) }
    }
}
