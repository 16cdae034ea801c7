import Learn
import Testing

@Suite struct ModelFileTests {
    private static let blobs = Blobs(sizes: [12, 15, 11], columns: 6, spread: 0.8, seed: 5)

    static let estimators: [Estimator] = [
        .svm(SVMParameters(kernel: .rbf(gamma: .scale))), .svm(SVMParameters(kernel: .linear)),
        .svm(SVMParameters(kernel: .polynomial(degree: 3, gamma: .auto, coefficient: 1))),
        .logisticRegression(LogisticParameters()), .logisticRegression(LogisticParameters(form: .oneVersusRest)),
        .randomForest(ForestParameters(trees: 7)), .linearSVM(LinearSVMParameters()), .linearDiscriminant,
        .subspaceDiscriminant(SubspaceDiscriminantParameters()), .majorityClass,
        .nearestNeighbours(NeighbourParameters(neighbours: 3, weighting: .distance)),
    ]

    private static func trained(_ estimator: Estimator, method: CalibrationMethod = .temperature) throws -> CalibratedClassifier {
        let folds = try Folds.stratified(labels: blobs.labels, count: 3)
        let result = try GridSearch(threads: 1).run(
            candidates: [
                Candidate(
                    estimator,
                    preprocessing: [
                        .standardScale, .blockNormalise(lengths: [4, 2]), .normaliseRows,
                        .pca(PCAParameters(components: .count(4), whiten: true)),
                    ])
            ], rows: blobs.rows, labels: blobs.labels, folds: folds)
        return try CalibratedClassifier.refit(result, rows: blobs.rows, labels: blobs.labels, method: method, threads: 1)
    }

    @Test(arguments: estimators) func modelSurvivesTheFile(estimator: Estimator) throws {
        for method in [CalibrationMethod.temperature, .platt] {
            let model = try Self.trained(estimator, method: method)
            var file = Safetensors(metadata: ["other": "kept"])
            try model.write(to: &file, prefix: "m")
            let read = try CalibratedClassifier(reading: Safetensors(parsing: file.serialised()), prefix: "m")
            #expect(read == model)
            #expect(file.metadata["other"] == "kept")
            #expect(
                try read.probabilities(Self.blobs.rows, threads: 1) == model.probabilities(Self.blobs.rows, threads: 1))
        }
    }

    @Test(arguments: estimators) func everyMissingOrWrongEntryIsNamed(estimator: Estimator) throws {
        var file = Safetensors()
        try Self.trained(estimator).write(to: &file)
        for name in file.tensors.keys {
            var damaged = file
            damaged.tensors[name] = nil
            Self.expectEntryError(damaged, "without \(name)")
            damaged.tensors[name] = Tensor([0, 1] as [UInt8])
            Self.expectEntryError(damaged, "bytes for \(name)")
            guard let numbers = file.tensors[name]?.doubles, !numbers.isEmpty else { continue }
            damaged.tensors[name] = Tensor([Double.nan] + numbers.dropFirst(), shape: file.tensors[name]?.shape)
            Self.expectEntryError(damaged, "NaN in \(name)")
            damaged.tensors[name] = Tensor(numbers + [0], shape: nil)
            Self.expectEntryError(damaged, "longer \(name)")
        }
        var damaged = file
        damaged.metadata["model.schema"] = "{}"
        Self.expectEntryError(damaged, "empty schema")
        damaged.metadata["model.schema"] = #"{"version":99}"#
        #expect(throws: LearnError.unsupportedSchema(found: 99, newestKnown: 1)) { try CalibratedClassifier(reading: damaged) }
    }

    @Test func treesThatWouldCircleAreRefused() throws {
        var file = Safetensors()
        try Self.trained(.randomForest(ForestParameters(trees: 2))).write(to: &file)
        let children = try #require(file.tensors["model.forest.children"]?.int32s)
        file.tensors["model.forest.children"] = Tensor([0] + children.dropFirst())
        Self.expectEntryError(file, "a root that is its own child")
    }

    @Test func blocksThatDoNotFillTheColumnsAreRefused() throws {
        var file = Safetensors()
        try Self.trained(.majorityClass).write(to: &file)
        for lengths in [[4, 1], [4, 2, 1], [6, 6], [-1, 7], []] {
            file.tensors["model.step1.lengths"] = Tensor(lengths.map(Int32.init))
            Self.expectEntryError(file, "lengths \(lengths)")
        }
    }

    /// Numbers that are finite and still out of every range a fit can give.
    @Test func scalesAndSharesOutOfRangeAreRefused() throws {
        var file = Safetensors()
        try Self.trained(.nearestNeighbours(NeighbourParameters(neighbours: 3))).write(to: &file)
        for name in ["model.step0.scale", "model.step1.scale"] {
            let scales = try #require(file.tensors[name]?.doubles)
            for wrong in [1e-300, 0, -1] {
                var damaged = file
                damaged.tensors[name] = Tensor([wrong] + scales.dropFirst())
                Self.expectEntryError(damaged, "\(name) \(wrong)")
            }
        }
        var forest = Safetensors()
        try Self.trained(.randomForest(ForestParameters(trees: 2))).write(to: &forest)
        let shares = try #require(forest.tensors["model.forest.proportions"])
        let floats = try #require(shares.floats)
        forest.tensors["model.forest.proportions"] = Tensor([-1] + floats.dropFirst(), shape: shares.shape)
        Self.expectEntryError(forest, "a negative share")
    }

    /// Rows and numbers at the ends of single precision: an answer or an error, never a trap.
    @Test(arguments: estimators) func hugeNumbersAreAnsweredOrRefused(estimator: Estimator) throws {
        let samples = try LabelledRows(rows: Self.blobs.rows, labels: Self.blobs.labels)
        let model = try estimator.fit(samples, threads: 1)
        var rows = Self.blobs.rows
        for column in 0..<rows.columns {
            rows[0, column] = column % 2 == 0 ? .greatestFiniteMagnitude : -.greatestFiniteMagnitude
            rows[1, column] = 1e25
            rows[2, column] = .leastNonzeroMagnitude
        }
        #expect(try model.predict(rows).allSatisfy { (0..<3).contains($0) })
        let pipeline = try Self.trained(estimator)
        do throws(LearnError) {
            #expect(try pipeline.probabilities(rows).values.allSatisfy { (0...1).contains($0) })
        } catch {
            guard case .nonFinite = error else {
                Issue.record("\(error)")
                return
            }
        }
    }

    private static func expectEntryError(_ file: Safetensors, _ what: String) {
        var refusal: LearnError?
        do throws(LearnError) { _ = try CalibratedClassifier(reading: file) } catch { refusal = error }
        guard case .modelEntry? = refusal else {
            Issue.record("\(what): \(refusal.map { "\($0)" } ?? "accepted")")
            return
        }
    }
}
