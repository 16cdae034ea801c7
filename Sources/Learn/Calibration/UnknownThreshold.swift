/// A bound on the probability of the best class below which a row belongs to nobody known.
public struct UnknownThreshold: Sendable, Hashable, Codable {
    /// A row is taken for known when its highest probability reaches this.
    public let threshold: Double
    /// The share of strangers that may be taken for somebody known.
    public let statedFalseAcceptRate: Double
    /// The share that was, among those the threshold was fitted on: at most the stated rate.
    public let falseAcceptRate: Double
    /// The share of known rows that are taken for strangers.
    public let falseRejectRate: Double

    public func isKnown(_ highestProbability: Double) -> Bool { highestProbability >= threshold }

    /// The lowest threshold that keeps the share of accepted strangers within `falseAcceptRate`.
    /// - Parameters:
    ///   - strangers: highest probabilities of rows of nobody known.
    ///   - known: highest probabilities of rows of known classes, by models that had not seen them.
    /// - Throws: ``LearnError/empty(what:)`` without strangers or known rows, ``LearnError/invalidParameter(name:value:allowed:)`` for
    ///   a rate outside 0...1.
    /// - Complexity: O(n log n).
    public init(strangers: [Double], known: [Double], falseAcceptRate: Double) throws(LearnError) {
        guard !strangers.isEmpty else { throw LearnError.empty(what: "strangers") }
        guard !known.isEmpty else { throw LearnError.empty(what: "known rows") }
        guard (0...1).contains(falseAcceptRate) else {
            throw LearnError.invalidParameter(name: "falseAcceptRate", value: "\(falseAcceptRate)", allowed: "0 to 1")
        }
        let descending = strangers.sorted(by: >)
        let allowed = Int((falseAcceptRate * Double(strangers.count)).rounded(.down))
        // Just above the first stranger who must be refused; equal confidences are refused together.
        let bound = allowed < descending.count ? descending[allowed].nextUp : 0
        threshold = bound
        statedFalseAcceptRate = falseAcceptRate
        self.falseAcceptRate = Double(strangers.filter { $0 >= bound }.count) / Double(strangers.count)
        falseRejectRate = Double(known.filter { $0 < bound }.count) / Double(known.count)
    }

    /// Makes strangers of the known: for each class in turn a model of all others is searched for folds, refitted and calibrated as
    /// the served one is, and asked about the left-out class. The known rows' probabilities are the out-of-fold ones of `result`.
    /// - Parameters:
    ///   - result: the search whose best candidate is served.
    ///   - folds: how many stratified folds calibrate each of these models.
    /// - Throws: ``LearnError/invalidParameter(name:value:allowed:)`` for less than three classes; what fits and searches throw.
    /// - Complexity: classes * (folds + 1) fits.
    public static func leavingClassesOut(
        _ result: SearchResult, rows: Matrix, labels: [Int], method: CalibrationMethod = .temperature, falseAcceptRate: Double,
        folds: Int = 3, threads: Int
    ) throws(LearnError) -> Self {
        let classCount = (labels.max() ?? 0) + 1
        guard classCount >= 3 else {
            throw LearnError.invalidParameter(name: "classes", value: "\(classCount)", allowed: "3 or more, for one to be left out")
        }
        var strangers: [Double] = []
        for left in 0..<classCount {
            let kept = labels.indices.filter { labels[$0] != left }
            let keptLabels = kept.map { labels[$0] - (labels[$0] > left ? 1 : 0) }
            let keptRows = rows.selecting(rows: kept)
            let search = try GridSearch(threads: threads).run(
                candidates: [result.best.candidate], rows: keptRows, labels: keptLabels,
                folds: try Folds.stratified(labels: keptLabels, count: folds))
            let model = try CalibratedClassifier.refit(
                search, rows: keptRows, labels: keptLabels, method: method, threads: threads)
            let others = labels.indices.filter { labels[$0] == left }
            strangers += highest(try model.probabilities(rows.selecting(rows: others), threads: threads))
        }
        let calibration = try Calibration.fit(method, scores: result.best.scores, labels: result.testedRows.map { labels[$0] })
        return try Self(
            strangers: strangers, known: highest(calibration.probabilities(result.best.scores)), falseAcceptRate: falseAcceptRate)
    }

    private static func highest(_ probabilities: DoubleMatrix) -> [Double] {
        (0..<probabilities.rows).map { probabilities.row($0).max() ?? 0 }
    }
}
