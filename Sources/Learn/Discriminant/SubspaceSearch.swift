import Support

/// Judges discriminant analyses of many rows by cross-validation, all from the rows' products with landmarks.
///
/// The products, and their moments over all rows, are formed once. A fold's moments are those of all rows less its test rows'; its
/// functions lie in the span of the landmarks that were not made from its test rows; so nothing of a tested row is learned from
/// but what preprocessing learned of the landmarks (of a ``BlockNormaliser`` a mean, which a discriminant analysis does not depend on, and
/// one number a block). Candidates of a fold share its moments. With n rows, m landmarks and K classes a search takes O(n m²) once and
/// O(m³ + K³) a candidate and fold, where methods that see all pairs of rows take O(n² columns) and more.
package struct SubspaceSearch: Sendable {
    /// Rows to learn from and to be judged on, known by their products with landmarks.
    package struct Samples: Sendable {
        /// What is known of some rows and of the extra rows made from them.
        package struct Products: Sendable {
            /// rows x landmarks
            package let rows: Matrix
            /// Of extra rows, learned from wherever the row in `sources` is, and never judged on.
            package let extras: Matrix
            package let sources: [Int]

            package init(rows: Matrix, extras: Matrix, sources: [Int]) {
                self.rows = rows
                self.extras = extras
                self.sources = sources
            }
        }

        /// Of all rows that were measured; shared by every selection of them.
        package let products: Products
        /// The rows of `products` that are learned from, in the order by which all else names them.
        package private(set) var rows: [Int]
        /// One a row.
        package var labels: [Int]
        /// The row that each landmark is, or was made from; nil for one that is no row.
        package private(set) var places: [Int?]

        package init(products: Products, labels: [Int], places: [Int?]) {
            self.products = products
            rows = Array(0..<products.rows.rows)
            self.labels = labels
            self.places = places
        }

        /// The rows without those not named, renumbered in the order named.
        package func selecting(rows kept: [Int], labels: [Int]) -> Samples {
            let place = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($0.element, $0.offset) })
            var selected = self
            selected.rows = kept.map { rows[$0] }
            selected.labels = labels
            selected.places = places.map { $0.flatMap { place[$0] } }
            return selected
        }

        /// rows named x landmarks
        func products(of named: [Int]) -> Matrix { products.rows.selecting(rows: named.map { rows[$0] }) }
    }

    package let space: LandmarkRows
    package let samples: Samples
    package let classCount: Int
    /// What made the rows that products were formed of.
    package let steps: [FittedStep]
    private let preprocessing: [PreprocessingStep]
    private let threads: Int
    /// Of all rows.
    package let whole: ClassMoments
    /// Of each row of the samples, places in their products.
    private let extrasOfRow: [[Int]]

    /// - Parameters:
    ///   - steps: the preprocessing that landmarks and rows went through, as it was fitted.
    ///   - preprocessing: the same as candidates name it.
    /// - Throws: ``LearnError`` for labels that name no classes, or products that do not fit the landmarks.
    /// - Complexity: O(rows * landmarks²).
    package init(
        space: LandmarkRows, samples: Samples, steps: [FittedStep], preprocessing: [PreprocessingStep], threads: Int
    ) throws(LearnError) {
        classCount = try LabelledRows.checkedClassCount(labels: samples.labels, rows: samples.rows.count)
        let products = samples.products
        try products.rows.requireColumns(space.count)
        if products.extras.rows > 0 { try products.extras.requireColumns(space.count) }
        guard products.extras.rows == products.sources.count else {
            throw LearnError.rowLabelMismatch(rows: products.extras.rows, labels: products.sources.count)
        }
        guard samples.places.count == space.count else {
            throw LearnError.rowLabelMismatch(rows: space.count, labels: samples.places.count)
        }
        self.space = space
        self.samples = samples
        self.steps = steps
        self.preprocessing = preprocessing
        self.threads = threads
        var extrasOfProduct = [[Int]](repeating: [], count: products.rows.rows)
        for (extra, source) in products.sources.enumerated() { extrasOfProduct[source].append(extra) }
        extrasOfRow = samples.rows.map { extrasOfProduct[$0] }
        whole = Self.moments(
            Array(samples.labels.indices), of: samples, extrasOfRow: extrasOfRow, classCount: classCount, threads: threads)
    }

    /// Judges candidates on folds. Only the best one's scores are in the result: all would be candidates x rows x classes numbers.
    /// - Parameter progress: called after each candidate of each fold.
    /// - Throws: ``LearnError/classWithoutRows(label:)`` for a fold whose training rows lack a class, `invalidParameter`, `cancelled`.
    package func run(
        _ candidates: [SubspaceDiscriminantParameters], folds: [Fold], progress: ((_ done: Int, _ total: Int) -> Void)? = nil,
        isCancelled: () -> Bool = { false }
    ) throws(LearnError) -> SearchResult {
        for candidate in candidates { try candidate.validate() }
        let tested = folds.flatMap(\.test)
        let first = try judge(
            candidates, folds: folds, keepsScores: candidates.count == 1, progress: progress, isCancelled: isCancelled)
        let result = try SearchResult(candidates: first, testedRows: tested)
        guard candidates.count > 1 else { return result }
        var all = first
        all[result.bestIndex] = try judge([candidates[result.bestIndex]], folds: folds, keepsScores: true, isCancelled: isCancelled)[0]
        return try SearchResult(candidates: all, testedRows: tested)
    }

    private func judge(
        _ candidates: [SubspaceDiscriminantParameters], folds: [Fold], keepsScores: Bool,
        progress: ((_ done: Int, _ total: Int) -> Void)? = nil, isCancelled: () -> Bool
    ) throws(LearnError) -> [CandidateResult] {
        var predictions = [[Int]](repeating: [], count: candidates.count)
        var scores = [[Double]](repeating: [], count: candidates.count)
        var accuracies = [[Double]](repeating: [], count: candidates.count)
        let tested = folds.reduce(0) { $0 + $1.test.count }
        if keepsScores { for index in candidates.indices { scores[index].reserveCapacity(tested * classCount) } }
        for (number, fold) in folds.enumerated() {
            guard !isCancelled() else { throw LearnError.cancelled }
            let moments = whole.removing(moments(of: fold.test))
            if let label = moments.counts.firstIndex(where: { $0 < 1 }) { throw LearnError.classWithoutRows(label: label) }
            let landmarks = self.landmarks(without: fold.test)
            let rows = samples.products(of: fold.test)
            let inner = max(1, threads / candidates.count)
            let said = try Parallel.map(candidates.count, threads: threads) { index throws(LearnError) in
                let scores = try DiscriminantSolution(
                    moments, gram: space.gram, landmarks: landmarks, parameters: candidates[index], threads: inner
                ).scores(products: rows, threads: inner)
                return (labels: scores.rowArgmax(), scores: keepsScores ? scores.values : [])
            }
            for (index, answer) in said.enumerated() {
                predictions[index] += answer.labels
                scores[index] += answer.scores
                let right = zip(fold.test, answer.labels).count { samples.labels[$0] == $1 }
                accuracies[index].append(Double(right) / Double(fold.test.count))
                progress?(number * candidates.count + index + 1, folds.count * candidates.count)
            }
        }
        return candidates.indices.map { index in
            CandidateResult(
                candidate: Candidate(candidates[index], preprocessing: preprocessing), foldAccuracies: accuracies[index],
                predictions: predictions[index],
                scores: keepsScores
                    ? DoubleMatrix(rows: predictions[index].count, columns: classCount, values: scores[index])
                    : DoubleMatrix(rows: 0, columns: 0))
        }
    }

    /// The model of all rows.
    /// - Throws: as ``DiscriminantSolution``.
    package func fit(_ parameters: SubspaceDiscriminantParameters) throws(LearnError) -> Pipeline {
        let solution = try DiscriminantSolution(
            whole, gram: space.gram, landmarks: Array(0..<space.count), parameters: parameters, threads: threads)
        return Pipeline(
            featureCount: space.rows.columns, steps: steps, model: .subspaceDiscriminant(solution.model(space, threads: threads)))
    }

    /// Scores of some rows by a model that has seen none of the rows not named in `kept`.
    /// - Parameter classes: those that have rows in `kept`, ascending: the columns of the scores.
    package func scores(
        of rows: [Int], learningFrom kept: [Int], classes: [Int], parameters: SubspaceDiscriminantParameters
    ) throws(LearnError) -> DoubleMatrix {
        let isKept = Set(kept)
        let removed = samples.labels.indices.filter { !isKept.contains($0) }
        let moments = whole.removing(moments(of: removed)).selecting(classes: classes)
        return try DiscriminantSolution(
            moments, gram: space.gram, landmarks: landmarks(without: removed), parameters: parameters, threads: threads
        ).scores(products: samples.products(of: rows), threads: threads)
    }

    /// The model of all rows, calibrated on the search's out-of-fold scores.
    /// - Throws: as ``CalibratedClassifier/refit(_:candidate:rows:labels:augmentation:method:threads:)``.
    package func refit(_ result: SearchResult) throws(LearnError) -> CalibratedClassifier {
        let calibration = try Calibration.fit(
            .temperature, scores: result.best.scores, labels: result.testedRows.map { samples.labels[$0] }, threads: threads)
        return CalibratedClassifier(pipeline: try fit(try Self.parameters(of: result.best)), calibration: calibration)
    }

    /// The threshold for strangers, see ``UnknownThreshold/leavingClassesOut(_:candidate:rows:labels:folds:groups:augmentation:background:method:confidence:limit:threads:isCancelled:)``.
    /// - Parameters:
    ///   - calibration: of the refitted model.
    ///   - folds: the splits of `result`.
    package func unknownThreshold(
        _ result: SearchResult, calibration: Calibration, folds: [Fold], groups: [Int], confidence: Confidence,
        limit: UnknownThreshold.Limit,
        isCancelled: @Sendable () -> Bool
    ) throws(LearnError) -> UnknownThreshold {
        let parameters = try Self.parameters(of: result.best)
        guard classCount >= 3 else {
            throw LearnError.invalidParameter(name: "classes", value: "\(classCount)", allowed: "3 or more, for one to be left out")
        }
        guard groups.count == samples.labels.count else {
            throw LearnError.rowLabelMismatch(rows: samples.labels.count, labels: groups.count)
        }
        return try UnknownThreshold.leavingClassesOut(
            testedRows: result.testedRows, testedScores: result.best.scores, calibration: calibration, labels: samples.labels,
            classCount: classCount, folds: folds, groups: groups, background: nil, confidence: confidence, limit: limit,
            isCancelled: isCancelled
        ) { members, kept, classes throws(LearnError) in
            try scores(of: members, learningFrom: kept, classes: classes, parameters: parameters)
        }
    }

    package static func parameters(of result: CandidateResult) throws(LearnError) -> SubspaceDiscriminantParameters {
        guard case .subspaceDiscriminant(let parameters) = result.candidate.estimator else {
            throw LearnError.invalidParameter(
                name: "candidate", value: result.candidate.estimator.name, allowed: "a subspace discriminant")
        }
        return parameters
    }

    private func landmarks(without rows: [Int]) -> [Int] {
        let left = Set(rows)
        return samples.places.indices.filter { landmark in samples.places[landmark].map { !left.contains($0) } ?? true }
    }

    private func moments(of rows: [Int]) -> ClassMoments {
        Self.moments(rows, of: samples, extrasOfRow: extrasOfRow, classCount: classCount, threads: threads)
    }

    private static func moments(
        _ rows: [Int], of samples: Samples, extrasOfRow: [[Int]], classCount: Int, threads: Int
    ) -> ClassMoments {
        // Extra rows after all others.
        let extras = rows.flatMap { extrasOfRow[$0] }
        let labels = rows.map { samples.labels[$0] } + rows.flatMap { row in extrasOfRow[row].map { _ in samples.labels[row] } }
        return ClassMoments(
            columns: samples.products.rows.columns, labels: labels, classCount: classCount, threads: threads
        ) { block in
            let own = samples.products(of: Array(rows[block.clamped(to: rows.indices)]))
            let last = rows.count + extras.count
            let more = block.clamped(to: rows.count..<last)
            guard !more.isEmpty else { return own }
            let made = samples.products.extras.selecting(rows: more.map { extras[$0 - rows.count] })
            return Matrix(rows: block.count, columns: own.columns, values: own.values + made.values)
        }
    }
}
