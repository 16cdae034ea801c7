import Foundation
import Learn
import LearnONNX

/// Trains one model of every kind on generated rows, exports each, and writes down what Learn says of other rows, for
/// benchmarks/peers/onnx_verify.py to compare with onnxruntime.
///
/// A folder receives `index.json` (a list of ``Case``), and for each case N: `N.onnx`, `N.rows` (Float), `N.probabilities` and
/// `N.scores` (Double).
enum ONNXCases {
    struct Case: Codable {
        var estimator: String
        var name: String
        var rows: Int
        var columns: Int
        var classes: Int
        /// Names of the predicted classes.
        var labels: [String]
        var hasProbabilities: Bool
        var hasScores: Bool
    }

    struct Problem {
        var name: String
        var rows: Matrix
        var labels: [Int]
        var queries: Matrix
    }

    static let estimators: [(String, Estimator)] = [
        ("svm linear", .svm(SVMParameters(cost: 1, kernel: .linear))),
        ("svm rbf", .svm(SVMParameters(cost: 10, kernel: .rbf(gamma: .scale)))),
        ("svm polynomial", .svm(SVMParameters(cost: 1, kernel: .polynomial(degree: 3, gamma: .auto, coefficient: 1)))),
        ("svm sigmoid", .svm(SVMParameters(cost: 1, kernel: .sigmoid(gamma: .value(0.01), coefficient: 0.1)))),
        ("linear svm", .linearSVM(LinearSVMParameters(cost: 0.1))),
        ("logistic multinomial", .logisticRegression(LogisticParameters(cost: 1))),
        ("logistic one-vs-rest", .logisticRegression(LogisticParameters(cost: 1, form: .oneVersusRest))),
        ("forest", .randomForest(ForestParameters(trees: 60, seed: 1))),
        ("forest shallow", .randomForest(ForestParameters(trees: 25, maximumDepth: 3, minimumLeaf: 3, seed: 2))),
        ("extra trees", .randomForest(.extraTrees(40, seed: 3))),
        ("stump of one leaf", .randomForest(ForestParameters(trees: 2, minimumSplit: 10_000))),
        ("neighbours", .nearestNeighbours(NeighbourParameters(neighbours: 5))),
        ("neighbours by distance", .nearestNeighbours(NeighbourParameters(neighbours: 5, weighting: .distance))),
        ("discriminant", .linearDiscriminant), ("majority", .majorityClass),
    ]

    static func steps(columns: Int) -> [[PreprocessingStep]] {
        let half = columns / 3
        return [
            [], [.standardScale], [.standardScale, .pca(PCAParameters(components: .count(8), whiten: true))],
            [.normaliseRows],
            [.blockNormalise(lengths: [half, columns - half]), .normaliseRows, .pca(PCAParameters(components: .count(5)))],
        ]
    }

    static func problems() -> [Problem] {
        [
            problem("2 classes", classes: 2, rowsPerClass: 60, columns: 20, spread: 2.5, seed: 1),
            problem("4 classes", classes: 4, rowsPerClass: 45, columns: 24, spread: 2, seed: 2),
            problem("9 classes, wide", classes: 9, rowsPerClass: 30, columns: 300, spread: 3, seed: 3),
        ]
    }

    /// Clouds around random centres; some training rows occur twice. Queries are new rows, training rows, and rows far away.
    static func problem(_ name: String, classes: Int, rowsPerClass: Int, columns: Int, spread: Double, seed: UInt64) -> Problem {
        var generator = SeededGenerator(seed: seed)
        func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + generator.uniform() } }
        let centres = (0..<classes).map { _ in (0..<columns).map { _ in normal() } }
        func draw(_ count: Int) -> (rows: [[Float]], labels: [Int]) {
            let labels = (0..<count * classes).map { $0 % classes }
            return (labels.map { label in centres[label].map { Float($0 + spread * normal()) } }, labels)
        }
        var (train, labels) = draw(rowsPerClass)
        for row in 0..<5 {
            train.append(train[row])
            labels.append(labels[(row + 1) % classes])
        }
        let far = train.prefix(10).map { row in row.map { $0 * 50 } }
        let queries = draw(20).rows + train.prefix(60) + far + [[Float](repeating: 0, count: columns)]
        return Problem(
            name: name, rows: Matrix(rows: train.count, columns: columns, values: train.flatMap { $0 }), labels: labels,
            queries: Matrix(rows: queries.count, columns: columns, values: queries.flatMap { $0 }))
    }

    static func write(to folder: URL, threads: Int) throws {
        var cases: [Case] = []
        for problem in problems() {
            let folds = try Folds.stratified(labels: problem.labels, count: 3)
            for (estimatorName, estimator) in estimators {
                for steps in steps(columns: problem.rows.columns) {
                    let candidate = Candidate(estimator, preprocessing: steps)
                    let result = try GridSearch(threads: threads)
                        .run(candidates: [candidate], rows: problem.rows, labels: problem.labels, folds: folds)
                    let names = (0...(problem.labels.max() ?? 0)).map { "class \($0) ä" }
                    func add(_ kind: String, _ bytes: [UInt8], _ labels: [Int], _ probabilities: DoubleMatrix?, _ scores: DoubleMatrix?)
                        throws
                    {
                        let base = folder.appendingPathComponent("\(cases.count)")
                        try Data(bytes).write(to: base.appendingPathExtension("onnx"))
                        try write(problem.queries.values, to: base.appendingPathExtension("rows"))
                        if let probabilities { try write(probabilities.values, to: base.appendingPathExtension("probabilities")) }
                        if let scores { try write(scores.values, to: base.appendingPathExtension("scores")) }
                        cases.append(
                            Case(
                                estimator: estimatorName, name: "\(problem.name), \(candidate.name), \(kind)", rows: problem.queries.rows,
                                columns: problem.queries.columns, classes: names.count, labels: labels.map { names[$0] },
                                hasProbabilities: probabilities != nil, hasScores: scores != nil))
                    }
                    for method in [CalibrationMethod.temperature, .platt, .isotonic] {
                        let model = try CalibratedClassifier.refit(
                            result, rows: problem.rows, labels: problem.labels, method: method, threads: threads)
                        try add(
                            method.rawValue, ONNXExport.bytes(of: model, labels: names), model.predict(problem.queries, threads: threads),
                            model.probabilities(problem.queries, threads: threads), nil)
                        guard method == .temperature else { continue }
                        let pipeline = model.pipeline
                        try add(
                            "uncalibrated", ONNXExport.bytes(of: pipeline, labels: names),
                            pipeline.predict(problem.queries, threads: threads),
                            pipeline.probabilities(problem.queries, threads: threads), pipeline.scores(problem.queries, threads: threads))
                    }
                }
            }
        }
        try JSONEncoder().encode(cases).write(to: folder.appendingPathComponent("index.json"))
    }

    private static func write<Number>(_ numbers: [Number], to file: URL) throws {
        try numbers.withUnsafeBytes { Data($0) }.write(to: file)
    }
}
