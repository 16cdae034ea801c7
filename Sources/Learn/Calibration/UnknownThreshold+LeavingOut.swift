import Support

extension UnknownThreshold {
    /// Which of the two errors a threshold keeps within bounds.
    public enum Limit: Sendable, Hashable {
        /// The share of strangers that are taken for somebody known.
        case falseAccepts(Double)
        /// The share of known rows that are taken for strangers.
        case falseRejects(Double)
    }

    /// The most parts that the classes are left out in: more classes are left out several at a time.
    static let mostParts = 10

    /// Makes strangers of the known, for training sets that have none: for each class in turn (of more than ten classes, for each tenth of
    /// them) a model that has never seen it is asked about its rows. The known rows' confidences are those of `result`'s folds, by models that had not seen the rows.
    ///
    /// Both are calibrated as the served model is; a model without one class uses what is left of that calibration. Rows in one
    /// group with a row of the left-out class (near-duplicate photos under two names) are not learned from either.
    /// - Parameters:
    ///   - result: the search (over grouped folds, where there are groups) whose candidate is served.
    ///   - index: of the candidate in `result`; nil is the best.
    ///   - groups: a group number for every row; nil when no rows belong together.
    ///   - augmentation: the search's extra rows.
    ///   - method: the calibration of the served model.
    ///   - limit: which error is bounded, and by what share.
    ///   - isCancelled: called before each class's fit; true ends the work with ``LearnError/cancelled``.
    /// - Throws: ``LearnError/invalidParameter(name:value:allowed:)`` for less than three classes or a rate outside 0...1;
    ///   ``LearnError/rowLabelMismatch(rows:labels:)`` for another number of groups; the candidate's own failure; `cancelled`; what fits
    ///   throw.
    /// - Complexity: one fit a class, at most ten.
    public static func leavingClassesOut(
        _ result: SearchResult, candidate index: Int? = nil, rows: Matrix, labels: [Int], groups: [Int]? = nil,
        augmentation: Augmentation? = nil, method: CalibrationMethod = .temperature, confidence: Confidence = .margin,
        limit: Limit, threads: Int = .allCores, isCancelled: @Sendable () -> Bool = { false }
    ) throws(LearnError) -> Self {
        let samples = try LabelledRows(rows: rows, labels: labels)
        guard samples.classCount >= 3 else {
            throw LearnError.invalidParameter(
                name: "classes", value: "\(samples.classCount)", allowed: "3 or more, for one to be left out")
        }
        if let groups, groups.count != rows.rows { throw LearnError.rowLabelMismatch(rows: rows.rows, labels: groups.count) }
        let chosen = result.candidates[index ?? result.bestIndex]
        if let failure = chosen.failure { throw failure }
        let calibration = try Calibration.fit(method, scores: chosen.scores, labels: result.testedRows.map { labels[$0] })
        var strangers: [Double] = []
        for part in 0..<min(samples.classCount, mostParts) {
            let members = labels.indices.filter { labels[$0] % mostParts == part }
            guard !isCancelled() else { throw LearnError.cancelled }
            let related = groups.map { groups in Set(members.map { groups[$0] }) } ?? []
            let kept = labels.indices.filter { row in
                labels[row] % mostParts != part && !(groups.map { related.contains($0[row]) } ?? false)
            }
            let classes = Set(kept.map { labels[$0] }).sorted()
            // A class that shares its groups with all others but one leaves nothing to tell apart.
            guard classes.count >= 2 else { continue }
            let number = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($0.element, $0.offset) })
            let pipeline = try chosen.candidate.fit(
                rows: rows.selecting(rows: kept), labels: kept.compactMap { number[labels[$0]] },
                augmentation: augmentation?.selecting(rows: kept), threads: threads)
            let scores = try pipeline.scores(rows.selecting(rows: members), threads: threads)
            strangers += confidences(calibration.selecting(classes: classes).probabilities(scores), confidence)
        }
        let known = confidences(calibration.probabilities(chosen.scores), confidence)
        switch limit {
        case .falseAccepts(let rate):
            return try Self(strangers: strangers, known: known, confidence: confidence, falseAcceptRate: rate)
        case .falseRejects(let rate):
            return try Self(strangers: strangers, known: known, confidence: confidence, falseRejectRate: rate)
        }
    }

    private static func confidences(_ probabilities: DoubleMatrix, _ confidence: Confidence) -> [Double] {
        (0..<probabilities.rows).map { confidence.value(of: probabilities.row($0)) }
    }
}

extension Calibration {
    /// The calibration of a model that knows only some of the classes.
    func selecting(classes: [Int]) -> Calibration {
        switch self {
        case .temperature: self
        case .platt(let slopes, let offsets): .platt(slopes: classes.map { slopes[$0] }, offsets: classes.map { offsets[$0] })
        case .isotonic(let curves): .isotonic(classes.map { curves[$0] })
        }
    }
}
