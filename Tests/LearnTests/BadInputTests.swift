import Learn
import Testing

/// What is wrong is named, whatever the method.
@Suite struct BadInputTests {
    private static let blobs = Blobs(sizes: [6, 6], columns: 3, spread: 1, seed: 1)

    static let estimators: [Estimator] = [
        .svm(SVMParameters()), .linearSVM(LinearSVMParameters()), .logisticRegression(LogisticParameters()),
        .randomForest(ForestParameters(trees: 2)), .nearestNeighbours(NeighbourParameters(neighbours: 1)), .linearDiscriminant,
        .majorityClass,
    ]

    private static func with(_ value: Float) -> Matrix {
        var rows = blobs.rows
        rows[4, 1] = value
        return rows
    }

    static let table: [(name: String, rows: Matrix, labels: [Int], error: LearnError)] = [
        ("infinity", with(.infinity), blobs.labels, .nonFinite(row: 4, column: 1, value: .infinity)),
        ("negative infinity", with(-.infinity), blobs.labels, .nonFinite(row: 4, column: 1, value: -.infinity)),
        ("constant features", Matrix(rows: 12, columns: 3, repeating: 7), blobs.labels, .constantFeatures(columns: 3)),
        ("one class", blobs.rows, [Int](repeating: 0, count: 12), .singleClass(label: 0)),
        ("only a high class", blobs.rows, [Int](repeating: 1, count: 12), .singleClass(label: 1)),
        ("a gap", blobs.rows, blobs.labels.map { $0 * 2 }, .classWithoutRows(label: 1)),
        ("zero rows", Matrix(rows: 0, columns: 3), [], .empty(what: "rows")),
        ("zero columns", Matrix(rows: 12, columns: 0), blobs.labels, .empty(what: "columns")),
        ("fewer labels", blobs.rows, Array(blobs.labels.dropLast()), .rowLabelMismatch(rows: 12, labels: 11)),
        ("negative label", blobs.rows, [-1] + blobs.labels.dropFirst(), .labelOutOfRange(row: 0, label: -1, classes: 2)),
        ("huge label", blobs.rows, [1 << 40] + blobs.labels.dropFirst(), .labelOutOfRange(row: 0, label: 1 << 40, classes: 12)),
    ]

    @Test(arguments: table) func badRowsAndLabels(name: String, rows: Matrix, labels: [Int], error: LearnError) {
        for estimator in Self.estimators {
            #expect(throws: error, "\(name), \(estimator.name)") {
                try Candidate(estimator).fit(rows: rows, labels: labels, threads: 1)
            }
        }
    }

    @Test func notANumberIsNamed() {
        // NaN differs from itself, so the error cannot be compared as a whole.
        do throws(LearnError) {
            _ = try LabelledRows(rows: Self.with(.nan), labels: Self.blobs.labels)
            Issue.record("accepted")
        } catch {
            #expect(error.description == "row 4, column 1 is nan")
        }
    }

    static let parameters: [(String, Estimator)] = [
        ("C", .svm(SVMParameters(cost: -1))), ("C", .svm(SVMParameters(cost: .nan))), ("C", .svm(SVMParameters(cost: .infinity))),
        ("tolerance", .svm(SVMParameters(tolerance: 0))), ("gamma", .svm(SVMParameters(kernel: .rbf(gamma: .value(-2))))),
        ("degree", .svm(SVMParameters(kernel: .polynomial(degree: 0, gamma: .auto, coefficient: 0)))),
        ("coefficient", .svm(SVMParameters(kernel: .sigmoid(gamma: .auto, coefficient: .infinity)))),
        ("cacheMegabytes", .svm(SVMParameters(cacheMegabytes: 0))),
        ("maximumIterations", .svm(SVMParameters(maximumIterations: 0))),
        ("classWeights", .svm(SVMParameters(classWeights: .values([1])))),
        ("classWeights", .logisticRegression(LogisticParameters(classWeights: .values([1, -1])))),
        ("C", .logisticRegression(LogisticParameters(cost: 0))), ("tolerance", .logisticRegression(LogisticParameters(tolerance: -1))),
        ("maximumIterations", .logisticRegression(LogisticParameters(maximumIterations: 0))),
        ("C", .linearSVM(LinearSVMParameters(cost: -3))), ("trees", .randomForest(ForestParameters(trees: 0))),
        ("maximumDepth", .randomForest(ForestParameters(maximumDepth: 0))),
        ("minimumSplit", .randomForest(ForestParameters(minimumSplit: 1))),
        ("minimumLeaf", .randomForest(ForestParameters(minimumLeaf: 0))),
        ("features", .randomForest(ForestParameters(features: .count(0)))),
        ("neighbours", .nearestNeighbours(NeighbourParameters(neighbours: 0))),
        ("neighbours", .nearestNeighbours(NeighbourParameters(neighbours: 13))),
    ]

    @Test(arguments: parameters) func badParameters(name: String, estimator: Estimator) {
        do throws(LearnError) {
            _ = try Candidate(estimator).fit(rows: Self.blobs.rows, labels: Self.blobs.labels, threads: 1)
            Issue.record("\(estimator) accepted")
        } catch {
            guard case .invalidParameter(name, _, _) = error else {
                Issue.record("\(estimator): \(error)")
                return
            }
        }
    }

    @Test(arguments: estimators) func rowsOfAnotherWidthAreRefused(estimator: Estimator) throws {
        let pipeline = try Candidate(estimator).fit(rows: Self.blobs.rows, labels: Self.blobs.labels, threads: 1)
        let error = LearnError.featureCountMismatch(expected: 3, found: 4)
        #expect(throws: error) { try pipeline.predict(Matrix(rows: 1, columns: 4), threads: 1) }
        #expect(throws: error) { try pipeline.model.scores(Matrix(rows: 1, columns: 4), threads: 1) }
        #expect(try pipeline.predict(Matrix(rows: 0, columns: 3), threads: 1).isEmpty)
        #expect(throws: LearnError.nonFinite(row: 0, column: 2, value: .infinity)) {
            try pipeline.predict(Matrix(rows: 1, columns: 3, values: [0, 0, .infinity]), threads: 1)
        }
    }

    @Test func foldsNameWhatTheyLack() {
        #expect(throws: LearnError.tooFewInClass(label: 1, found: 1, needed: 2, unit: "rows")) {
            try Folds.stratified(labels: [0, 0, 0, 1], count: 2)
        }
        #expect(throws: LearnError.tooFewInClass(label: 1, found: 1, needed: 2, unit: "groups")) {
            try Folds.stratifiedGrouped(labels: [0, 0, 1, 1], groups: [1, 2, 3, 3], count: 2)
        }
        for count in [-1, 0, 1, 5] {
            #expect(throws: LearnError.invalidParameter(name: "folds", value: "\(count)", allowed: "2 to the number of rows, 4")) {
                try Folds.stratified(labels: [0, 0, 1, 1], count: count)
            }
        }
        #expect(throws: LearnError.rowLabelMismatch(rows: 3, labels: 4)) {
            try Folds.stratifiedGrouped(labels: [0, 0, 1, 1], groups: [1, 2, 3], count: 2)
        }
    }

    @Test func searchesNameWhatTheyLack() throws {
        let blobs = Self.blobs
        let folds = try Folds.stratified(labels: blobs.labels, count: 3)
        let candidates = [Candidate(.majorityClass)]
        let search = GridSearch(threads: 1)
        #expect(throws: LearnError.empty(what: "candidates")) {
            try search.run(candidates: [], rows: blobs.rows, labels: blobs.labels, folds: folds)
        }
        #expect(throws: LearnError.empty(what: "folds")) {
            try search.run(candidates: candidates, rows: blobs.rows, labels: blobs.labels, folds: [])
        }
        for fold in [Fold(train: [0, 99], test: [1]), Fold(train: [0, 1], test: [1]), Fold(train: [], test: [1])] {
            #expect(throws: LearnError.self) {
                try search.run(candidates: candidates, rows: blobs.rows, labels: blobs.labels, folds: [fold])
            }
        }
        #expect(throws: LearnError.classWithoutRows(label: 1)) {
            try search.run(
                candidates: candidates, rows: blobs.rows, labels: blobs.labels, folds: [Fold(train: [0, 1, 2], test: [7])])
        }
    }
}
