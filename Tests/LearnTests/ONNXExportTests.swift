import Learn
import LearnONNX
import Testing

/// Exported graphs are read back and run operator by operator; benchmarks/peers/onnx_verify.py runs them in onnxruntime.
@Suite struct ONNXExportTests {
    private static let blobs = Blobs(sizes: [34, 36, 33, 31], columns: 9, spread: 1.6, seed: 51)
    private static let pair = Blobs(sizes: [31, 33], columns: 9, spread: 2.4, seed: 52)
    private static let names = ["Anna", "Bö", "", "d"]

    static let estimators: [Estimator] = [
        .svm(SVMParameters(kernel: .rbf(gamma: .scale))), .svm(SVMParameters(kernel: .linear)),
        .svm(SVMParameters(kernel: .polynomial(degree: 3, gamma: .auto, coefficient: 1))),
        .svm(SVMParameters(kernel: .sigmoid(gamma: .value(0.02), coefficient: 0.1))),
        .linearSVM(LinearSVMParameters()), .logisticRegression(LogisticParameters()),
        .logisticRegression(LogisticParameters(form: .oneVersusRest)), .randomForest(ForestParameters(trees: 7)),
        .randomForest(ForestParameters(trees: 6, maximumDepth: 2, minimumLeaf: 5)), .randomForest(.extraTrees(5)),
        .randomForest(ForestParameters(trees: 1, minimumSplit: 1000)),
        .nearestNeighbours(NeighbourParameters(neighbours: 3)),
        .nearestNeighbours(NeighbourParameters(neighbours: 4, weighting: .distance)), .linearDiscriminant,
        .subspaceDiscriminant(SubspaceDiscriminantParameters()), .majorityClass,
    ]

    static let steps: [[PreprocessingStep]] = [
        [], [.standardScale, .normaliseRows],
        [.blockNormalise(lengths: [4, 5]), .pca(PCAParameters(components: .count(4), whiten: true))],
    ]

    @Test(arguments: estimators) func graphsComputeWhatTheModelsDo(estimator: Estimator) throws {
        for (problem, steps) in [(Self.blobs, Self.steps[0]), (Self.blobs, Self.steps[1]), (Self.pair, Self.steps[2])] {
            let candidate = Candidate(estimator, preprocessing: steps)
            let result = try GridSearch(threads: 1).run(
                candidates: [candidate], rows: problem.rows, labels: problem.labels,
                folds: Folds.stratified(labels: problem.labels, count: 3))
            // Rows seen, rows not seen, and a row of zeros.
            var queries = Blobs(sizes: [12, 12, 1], columns: 9, spread: 2, seed: 53).rows
            for column in 0..<9 {
                queries[0, column] = problem.rows[5, column]
                queries[24, column] = 0
            }
            for method in [CalibrationMethod.temperature, .platt, .isotonic] {
                let model = try CalibratedClassifier.refit(
                    result, rows: problem.rows, labels: problem.labels, method: method, threads: 1)
                let found = try Self.run(ONNXExport.bytes(of: model), queries)
                let name = "\(candidate.name), \(method)"
                #expect(found["label"]?.values.map { Int($0) } == (try model.predict(queries, threads: 1)), "\(name)")
                let probabilities = try model.probabilities(queries, threads: 1).values
                // Isotonic regression is steep, and these scores are sums in single precision: the worst seen is 1.05e-6.
                let isSteep = if case .subspaceDiscriminant = estimator { method == .isotonic } else { false }
                let difference = worstDifference(try #require(found["probabilities"]).values, probabilities)
                #expect(difference < (isSteep ? 2e-6 : 1e-6), "\(name): \(difference)")
                #expect(found.count == 2)
            }
            let pipeline = try candidate.fit(rows: problem.rows, labels: problem.labels, threads: 1)
            let labels = Array(Self.names.prefix(pipeline.classCount))
            let found = try Self.run(ONNXExport.bytes(of: pipeline, labels: labels), queries)
            #expect(found["label"]?.texts == (try pipeline.predict(queries, threads: 1).map { labels[$0] }), "\(candidate.name)")
            let own = try pipeline.probabilities(queries, threads: 1)
            #expect(found.count == (own == nil ? 2 : 3))
            if let own { #expect(worstDifference(try #require(found["probabilities"]).values, own.values) < 1e-6, "\(candidate.name)") }
            let (scores, expected) = (try #require(found["scores"]).values, try pipeline.scores(queries, threads: 1).values)
            #expect(scores.count == expected.count)
            for (value, expected) in zip(scores, expected) {
                #expect(abs(value - expected) < 1e-6 * max(1, abs(expected)), "\(candidate.name)")
            }
        }
    }

    @Test func fileSaysWhatItIs() throws {
        let pipeline = try Candidate(.svm(SVMParameters())).fit(rows: Self.blobs.rows, labels: Self.blobs.labels, threads: 1)
        let model = try Onnx_ModelProto(serializedBytes: ONNXExport.bytes(of: pipeline, labels: Self.names))
        #expect(model.irVersion == 8)
        #expect(model.opsetImport.map(\.domain) == ["", "ai.onnx.ml"])
        #expect(model.opsetImport.map(\.version) == [17, 3])
        let graph = model.graph
        #expect(graph.input.map(\.name) == ["features"])
        #expect(graph.input[0].type.tensorType.shape.dim.map(\.dimValue) == [0, 9])
        #expect(graph.input[0].type.tensorType.shape.dim[0].dimParam == "rows")
        #expect(graph.output.map(\.name) == ["label", "scores"])
        #expect(graph.output.map { Int($0.type.tensorType.elemType) } == [8, 1])
        // Values have one name each and are computed before they are used.
        var known = Set(graph.initializer.map(\.name) + ["features"])
        #expect(known.count == graph.initializer.count + 1)
        for node in graph.node {
            #expect(node.input.allSatisfy(known.contains), "\(node.name)")
            for output in node.output { #expect(known.insert(output).inserted, "\(output)") }
        }
        #expect(graph.output.allSatisfy { known.contains($0.name) })
        // Support vectors are kept once, in single precision.
        guard case .svm(let machine) = pipeline.model else { return }
        let vectors = graph.initializer.filter { $0.dataType == 1 }
        #expect(vectors.map { $0.dims.map(Int.init) } == [[9, machine.supportVectors.rows]])
    }

    @Test func classesWithoutSupportVectorsAreExported() throws {
        // No fit makes such a machine, but a model file may hold one.
        let pipeline = try Candidate(.svm(SVMParameters(kernel: .linear)), preprocessing: [])
            .fit(rows: Self.pair.rows, labels: Self.pair.labels, threads: 1)
        var file = Safetensors()
        try CalibratedClassifier(pipeline: pipeline, calibration: .temperature(factor: 1)).write(to: &file)
        let vectors = try #require(file.tensors["model.svm.vectors"]?.shape[0])
        file.tensors["model.svm.counts"] = Tensor([Int32(vectors), 0])
        let model = try CalibratedClassifier(reading: file)
        let found = try Self.run(ONNXExport.bytes(of: model), Self.pair.rows)
        let expected = try model.probabilities(Self.pair.rows, threads: 1).values
        #expect(worstDifference(try #require(found["probabilities"]).values, expected) < 1e-6)
    }

    /// What is said of a model too large to be written is true of those that can be.
    @Test(arguments: estimators) func sizesAreEstimated(estimator: Estimator) throws {
        // Labels of other lengths than numbers have, and enough of everything.
        let blobs = Blobs(sizes: [60, 50, 70, 40], columns: 30, spread: 2, seed: 54)
        let pipeline = try Candidate(estimator).fit(rows: blobs.rows, labels: blobs.labels, threads: 1)
        let bytes = try ONNXExport.bytes(of: pipeline, labels: Self.names)
        let estimated = try Onnx_ModelProto(serializedBytes: bytes).graph.estimatedBytes
        // The rest is the description of inputs and outputs, and shapes and types.
        #expect(estimated < bytes.count && bytes.count - estimated < 1000, "\(estimated) of \(bytes.count)")
    }

    @Test func namesMustFitTheClasses() throws {
        let pipeline = try Candidate(.majorityClass).fit(rows: Self.blobs.rows, labels: Self.blobs.labels, threads: 1)
        let error = LearnError.invalidParameter(name: "labels", value: "3", allowed: "one name a class, 4")
        #expect(throws: error) { try ONNXExport.bytes(of: pipeline, labels: ["a", "b", "c"]) }
        #expect(throws: error) {
            try ONNXExport.bytes(
                of: CalibratedClassifier(pipeline: pipeline, calibration: .temperature(factor: 1)), labels: ["a", "b", "c"])
        }
    }

    private static func run(_ bytes: [UInt8], _ rows: Matrix) throws -> [String: ONNXInterpreter.Array] {
        try ONNXInterpreter(model: Onnx_ModelProto(serializedBytes: bytes)).run(rows)
    }
}
