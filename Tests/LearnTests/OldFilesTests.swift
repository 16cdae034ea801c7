import Foundation
import Learn
import TestSupport
import Testing

/// Files that Lineup 0.1.0 wrote, see Fixtures/make_models_0_1_0.swift.txt: they must stay readable and say what they said.
@Suite struct OldFilesTests {
    private static func fixture(_ name: String) throws -> URL {
        try #require(Bundle.module.url(forResource: "Fixtures/" + name, withExtension: nil), "Fixtures/\(name) is missing")
    }

    private static func models() throws -> Safetensors {
        try Safetensors(parsing: [UInt8](Data(contentsOf: fixture("models-0.1.0.safetensors"))))
    }

    private static func matrix(_ file: Safetensors, _ name: String) throws -> Matrix {
        let tensor = try #require(file.tensors[name])
        return Matrix(rows: tensor.shape[0], columns: tensor.shape[1], values: try #require(tensor.floats))
    }

    static let names = [
        "svm-rbf", "svm-linear", "svm-poly", "svm-sigmoid", "forest", "extra-trees", "logistic", "logistic-ovr", "linear-svm", "neighbours",
        "discriminant", "majority",
    ]

    @Test(arguments: names) func modelsOfEveryKindSayWhatTheySaid(name: String) throws {
        let file = try Self.models()
        let model = try CalibratedClassifier(reading: file, prefix: name)
        let expected = try #require(file.tensors[name + ".expected"]?.doubles)
        let found = try model.probabilities(Self.matrix(file, "asked"))
        #expect(found.columns == 3 && found.rows == 6)
        for (a, b) in zip(found.values, expected) { #expect(abs(a - b) < 1e-12) }
        // And are written as they were read.
        var again = Safetensors()
        try model.write(to: &again, prefix: name)
        for (key, tensor) in again.tensors { #expect(file.tensors[key] == tensor, "\(key)") }
        for (key, text) in again.metadata { #expect(file.metadata[key] == text, "\(key)") }
    }

    @Test func theThresholdForStrangersIsRead() throws {
        let threshold = try #require(try UnknownThreshold.reading(Self.models(), prefix: "unknown"))
        #expect((0...1).contains(threshold.threshold))
    }

    /// A journal of 0.1.0 knows its search, so that nothing is computed anew.
    @Test func aJournalIsTakenUp() throws {
        let folder = try TemporaryFolder()
        try folder.write([UInt8](Data(contentsOf: Self.fixture("journal-0.1.0.jsonl"))), to: "journal")
        let rows = try Self.matrix(Self.models(), "rows").selecting(rows: [0, 1, 2, 34, 35, 36, 70, 71, 72])
        let labels = [0, 0, 0, 1, 1, 1, 2, 2, 2]
        let all: [PreprocessingStep] = [
            .standardScale, .blockNormalise(lengths: [3, 2]), .normaliseRows, .pca(PCAParameters(components: .count(3), whiten: true)),
        ]
        let candidates = [
            Candidate(.svm(SVMParameters(cost: 10, kernel: .rbf(gamma: .scale))), preprocessing: all),
            Candidate(.randomForest(ForestParameters(trees: 4, seed: 3))),
            Candidate(.logisticRegression(LogisticParameters(cost: 2)), preprocessing: all), Candidate(.majorityClass),
        ]
        let folds = try Folds.stratified(labels: labels, count: 2)
        let steps = Counter()
        let journal = SearchJournal(path: folder.url.appendingPathComponent("journal").path)
        let resumed = try GridSearch(threads: 1, journal: journal, progress: { _ in _ = steps.next() })
            .run(candidates: candidates, rows: rows, labels: labels, folds: folds)
        #expect(steps.value == 0)
        #expect(try GridSearch(threads: 1).run(candidates: candidates, rows: rows, labels: labels, folds: folds) == resumed)
    }
}
