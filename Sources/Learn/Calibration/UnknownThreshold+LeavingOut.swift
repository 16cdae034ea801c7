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
    /// Rows whose probabilities are formed at once.
    private static let rowsAtOnce = 1024

    /// Makes strangers of the known, for training sets that have none: for each class in turn (of more than ten classes, for each tenth of
    /// them) a model that has never seen it gives its rows' confidences. The known rows' confidences are those of `result`'s folds, by models that had not seen the rows;
    /// of them those count whose best class is their own, since others have no name to lose. They are among the least sure, misread or
    /// mislabelled, and a bound on how many may be refused would be used up by them.
    ///
    /// Both are calibrated as the served model is; a model without one class uses what is left of that calibration. Rows in one
    /// group with a row of the left-out class (near-duplicate photos under two names) are not learned from either.
    /// - Parameters:
    ///   - result: the search (over grouped folds, where there are groups) whose candidate is served.
    ///   - index: of the candidate in `result`; nil is the best.
    ///   - rows: all rows of that search.
    ///   - labels: their classes.
    ///   - folds: the splits of that search: the model without a class then learns from one split's training rows, as many as the
    ///     models behind the known rows' confidences learned from. nil lets it learn from all rows but the class's, and strangers be
    ///     accepted more often than by those.
    ///   - groups: a group number for every row; nil when no rows belong together.
    ///   - augmentation: the search's extra rows.
    ///   - background: the class, after all others, of rows that belong to none of them. It is never left out, and its rows are strangers too.
    ///   - method: the calibration of the served model.
    ///   - confidence: what is compared with the threshold.
    ///   - limit: which error is bounded, and by what share.
    ///   - threads: threads working at once; the result does not depend on it.
    ///   - isCancelled: called before each class's fit; true ends the work with ``LearnError/cancelled``.
    /// - Throws: ``LearnError/invalidParameter(name:value:allowed:)`` for less than three classes or a rate outside 0...1;
    ///   ``LearnError/rowLabelMismatch(rows:labels:)`` for another number of groups; the candidate's own failure; `cancelled`; what fits
    ///   throw.
    /// - Complexity: one fit a class, at most ten.
    public static func leavingClassesOut(
        _ result: SearchResult, candidate index: Int? = nil, rows: Matrix, labels: [Int], folds: [Fold]? = nil, groups: [Int]? = nil,
        augmentation: Augmentation? = nil, background: Int? = nil, method: CalibrationMethod = .temperature,
        confidence: Confidence = .margin, limit: Limit, threads: Int = .allCores, isCancelled: @Sendable () -> Bool = { false }
    ) throws(LearnError) -> Self {
        let samples = try LabelledRows(rows: rows, labels: labels)
        if let background, background != samples.classCount - 1 {
            throw LearnError.invalidParameter(
                name: "background", value: "\(background)", allowed: "the last class, \(samples.classCount - 1)")
        }
        let known = background ?? samples.classCount
        guard known >= 3 else {
            throw LearnError.invalidParameter(name: "classes", value: "\(known)", allowed: "3 or more, for one to be left out")
        }
        if let groups, groups.count != rows.rows { throw LearnError.rowLabelMismatch(rows: rows.rows, labels: groups.count) }
        let chosen = result.candidates[index ?? result.bestIndex]
        if let failure = chosen.failure { throw failure }
        let calibration = try Calibration.fit(
            method, scores: chosen.scores, labels: result.testedRows.map { labels[$0] }, threads: threads)
        return try leavingClassesOut(
            testedRows: result.testedRows, testedScores: chosen.scores, calibration: calibration, labels: labels,
            classCount: samples.classCount, folds: folds, groups: groups, background: background, confidence: confidence, limit: limit,
            isCancelled: isCancelled
        ) { members, kept, classes throws(LearnError) in
            let number = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($0.element, $0.offset) })
            let pipeline = try chosen.candidate.fit(
                rows: rows.selecting(rows: kept), labels: kept.compactMap { number[labels[$0]] },
                augmentation: augmentation?.selecting(rows: kept), threads: threads)
            return try pipeline.scores(rows.selecting(rows: members), threads: threads)
        }
    }

    /// As ``leavingClassesOut(_:candidate:rows:labels:folds:groups:augmentation:background:method:confidence:limit:threads:isCancelled:)``, where somebody
    /// else makes the models.
    /// - Parameters:
    ///   - testedScores: the candidate's out-of-fold scores of `testedRows`.
    ///   - calibration: what the served model's scores go through.
    ///   - scores: the scores of `members` (rows) by the candidate's model of the rows `kept`, whose classes, ascending, are `classes`: a
    ///     column each.
    static func leavingClassesOut(
        testedRows: [Int], testedScores: DoubleMatrix, calibration: Calibration, labels: [Int], classCount: Int, folds: [Fold]?,
        groups: [Int]?,
        background: Int?, confidence: Confidence, limit: Limit, isCancelled: @Sendable () -> Bool,
        scores: (_ members: [Int], _ kept: [Int], _ classes: [Int]) throws(LearnError) -> DoubleMatrix
    ) throws(LearnError) -> Self {
        let hasBackground = background != nil
        func confidences(_ probabilities: DoubleMatrix) -> [Double] {
            (0..<probabilities.rows).map { confidence.value(of: probabilities.row($0), hasBackground: hasBackground) }
        }
        var strangers: [Double] = []
        for part in 0..<min(background ?? classCount, mostParts) {
            let isLeftOut = { labels[$0] % mostParts == part && labels[$0] != background }
            let members = labels.indices.filter(isLeftOut)
            guard !isCancelled() else { throw LearnError.cancelled }
            let related = groups.map { groups in Set(members.map { groups[$0] }) } ?? []
            let learnable = folds.map { $0[part % $0.count].train } ?? Array(labels.indices)
            let kept = learnable.filter { row in !isLeftOut(row) && !(groups.map { related.contains($0[row]) } ?? false) }
            let classes = Set(kept.map { labels[$0] }).sorted()
            // A class that shares its groups with all others but one leaves nothing to tell apart.
            guard classes.count >= 2, background.map(classes.contains) ?? true else { continue }
            let answers = try scores(members, kept, classes)
            strangers += confidences(calibration.selecting(classes: classes).probabilities(answers))
        }
        var (known, named): ([Double], [Double]) = ([], [])
        // Some rows at a time: the probabilities of all would take as much memory as their scores.
        for start in stride(from: 0, to: testedRows.count, by: rowsAtOnce) {
            let places = Array(start..<min(start + rowsAtOnce, testedRows.count))
            let probabilities = calibration.probabilities(testedScores.selecting(rows: places))
            for (index, confidence) in confidences(probabilities).enumerated() {
                let label = labels[testedRows[start + index]]
                guard label != background else {
                    strangers.append(confidence)
                    continue
                }
                known.append(confidence)
                let likely = probabilities.row(index).prefix(background ?? classCount)
                if likely[likely.startIndex + label] == likely.max() { named.append(confidence) }
            }
        }
        // A row that would get another name has none to lose; where all would, they are what there is.
        let confident = named.isEmpty ? known : named
        switch limit {
        case .falseAccepts(let rate):
            return try Self(
                strangers: strangers, known: confident, confidence: confidence, hasBackground: hasBackground, falseAcceptRate: rate)
        case .falseRejects(let rate):
            return try Self(
                strangers: strangers, known: confident, confidence: confidence, hasBackground: hasBackground, falseRejectRate: rate)
        }
    }
}

extension Calibration {
    /// The calibration of a model that knows only some of the classes.
    package func selecting(classes: [Int]) -> Calibration {
        switch self {
        case .temperature: self
        case .platt(let slopes, let offsets): .platt(slopes: classes.map { slopes[$0] }, offsets: classes.map { offsets[$0] })
        case .isotonic(let curves): .isotonic(classes.map { curves[$0] })
        }
    }
}
