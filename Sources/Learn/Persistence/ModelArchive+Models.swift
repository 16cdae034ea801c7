/// The part of a model that is not numbers.
struct ModelSchema: Codable {
    enum Kind: String, Codable { case svm, forest, logistic, linearSVM, neighbours, discriminant, subspaceDiscriminant, majority }

    var version = ModelArchive.schemaVersion
    var kind: Kind
    var classCount: Int
    var featureCount: Int
    var steps: [String]
    var report: FitReport
    var kernel: ResolvedKernel?
    var logisticForm: LogisticParameters.Form?
    var neighbours: NeighbourParameters?
    var calibration: Calibration?
}

extension CalibratedClassifier {
    /// Adds the model to a file: tensors named "PREFIX.…" and the metadata entry "PREFIX.schema".
    /// - Throws: ``LearnError/notStorable(model:)`` for a model of a method from outside this library,
    ///   ``LearnError/modelEntry(name:expected:found:)`` for one whose settings or report are not finite.
    public func write(to file: inout Safetensors, prefix: String = "model") throws(LearnError) {
        var archive = ModelArchive(file: file, prefix: prefix)
        var schema = ModelSchema(
            kind: .svm, classCount: classCount, featureCount: featureCount, steps: [], report: pipeline.report,
            calibration: calibration)
        for (number, step) in pipeline.steps.enumerated() { schema.steps.append(archive.put(step, name: "step\(number)")) }
        switch pipeline.model {
        case .svm(let model): archive.put(model, &schema)
        case .randomForest(let model): archive.put(model, &schema)
        case .logisticRegression(let model): archive.put(model, &schema)
        case .linearSVM(let model): archive.put(model, &schema)
        case .nearestNeighbours(let model): archive.put(model, &schema)
        case .linearDiscriminant(let model): archive.put(model, &schema)
        case .subspaceDiscriminant(let model): archive.put(model, &schema)
        case .majorityClass(let model): archive.put(model, &schema)
        case .custom(let model): throw LearnError.notStorable(model: model.name)
        }
        try archive.put("schema", json: schema)
        file = archive.file
    }

    /// Reads what ``write(to:prefix:)`` wrote. Everything is checked before it is used: shapes against each other, indices against
    /// what they index, numbers for being finite.
    /// - Throws: ``LearnError/modelEntry(name:expected:found:)``, ``LearnError/unsupportedSchema(found:newestKnown:)``.
    public init(reading file: Safetensors, prefix: String = "model") throws(LearnError) {
        let archive = ModelArchive(file: file, prefix: prefix)
        let schema = try archive.schema(ModelSchema.self)
        try archive.require((2...1_000_000).contains(schema.classCount), "schema", "2 classes or more", "\(schema.classCount)")
        try archive.require(schema.featureCount > 0, "schema", "1 feature or more", "\(schema.featureCount)")
        var steps: [FittedStep] = []
        var width = schema.featureCount
        for (number, kind) in schema.steps.enumerated() {
            let step = try archive.step(kind, name: "step\(number)", columns: width)
            width = step.width(from: width)
            steps.append(step)
        }
        let model: TrainedModel
        switch schema.kind {
        case .svm: model = .svm(try archive.svm(schema, columns: width))
        case .forest: model = .randomForest(try archive.forest(schema, columns: width))
        case .logistic: model = .logisticRegression(try archive.logistic(schema, columns: width))
        case .linearSVM: model = .linearSVM(try archive.linearSVM(schema, columns: width))
        case .neighbours: model = .nearestNeighbours(try archive.neighbours(schema, columns: width))
        case .discriminant: model = .linearDiscriminant(try archive.discriminant(schema, columns: width))
        case .subspaceDiscriminant: model = .subspaceDiscriminant(try archive.subspaceDiscriminant(schema, columns: width))
        case .majority: model = .majorityClass(try archive.majority(schema, columns: width))
        }
        guard let calibration = schema.calibration, calibration.isValid(classCount: schema.classCount) else {
            throw LearnError.modelEntry(name: archive.key("schema"), expected: "a calibration of the classes", found: "another or none")
        }
        self.init(
            pipeline: Pipeline(featureCount: schema.featureCount, steps: steps, model: model), calibration: calibration)
    }
}

extension Calibration {
    func isValid(classCount: Int) -> Bool {
        switch self {
        case .temperature(let factor): factor.isFinite && factor > 0
        case .platt(let slopes, let offsets):
            slopes.count == classCount && offsets.count == classCount && (slopes + offsets).allSatisfy(\.isFinite)
        case .isotonic(let curves):
            curves.count == classCount
                && curves.allSatisfy { IsotonicCurve(scores: $0.scores, values: $0.values) != nil }
        }
    }
}

extension ModelArchive {
    mutating func put(_ step: FittedStep, name: String) -> String {
        switch step {
        case .standardScaler(let scaler):
            put("\(name).mean", scaler.mean)
            put("\(name).scale", scaler.scale)
            return "standard_scaler"
        case .rowNormaliser: return "row_normaliser"
        case .blockNormaliser(let normaliser):
            put("\(name).mean", normaliser.mean)
            put("\(name).lengths", normaliser.lengths)
            put("\(name).scale", normaliser.scale)
            return "block_normaliser"
        case .pca(let pca):
            put("\(name).mean", pca.mean)
            put("\(name).components", pca.components)
            put("\(name).variance", pca.explainedVariance)
            return pca.whitens ? "pca_whitened" : "pca"
        }
    }

    /// Standard deviations of single-precision numbers: the smallest, one row in n at 1.4e-45 and the others at 0, is 1.4e-45 / √n.
    private func requireScales(_ scales: [Double], _ name: String) throws(LearnError) {
        try require(scales.allSatisfy { $0 >= 1e-50 }, name, "1e-50 or more", "\(scales.min() ?? 0)")
    }

    func step(_ kind: String, name: String, columns: Int) throws(LearnError) -> FittedStep {
        switch kind {
        case "standard_scaler":
            let scale = try doubles("\(name).scale", count: columns)
            try requireScales(scale, "\(name).scale")
            return .standardScaler(StandardScaler(mean: try doubles("\(name).mean", count: columns), scale: scale))
        case "row_normaliser": return .rowNormaliser
        case "block_normaliser":
            let lengths = try integers("\(name).lengths", in: 1...columns)
            let sum = lengths.reduce(0, +)
            try require(sum == columns, "\(name).lengths", "sum \(columns)", "\(sum)")
            let scale = try doubles("\(name).scale", count: lengths.count)
            try requireScales(scale, "\(name).scale")
            return .blockNormaliser(
                BlockNormaliser(mean: try doubles("\(name).mean", count: columns), lengths: lengths, scale: scale))
        case "pca", "pca_whitened":
            let variance = try doubles("\(name).variance")
            try require(!variance.isEmpty && variance.allSatisfy { $0 > 0 }, "\(name).variance", "positive numbers", "others or none")
            return .pca(
                PCA(
                    mean: try doubles("\(name).mean", count: columns),
                    components: try doubleMatrix("\(name).components", rows: variance.count, columns: columns),
                    explainedVariance: variance, whitens: kind == "pca_whitened"))
        default: throw LearnError.modelEntry(name: key("schema"), expected: "a known preprocessing step", found: kind)
        }
    }

    mutating func put(_ model: SupportVectorClassifier, _ schema: inout ModelSchema) {
        schema.kind = .svm
        schema.kernel = model.kernel
        put("svm.vectors", model.supportVectors)
        put("svm.indices", model.supportIndices)
        put("svm.counts", model.supportCounts)
        put("svm.coefficients", model.dualCoefficients)
        put("svm.intercepts", model.intercepts)
    }

    func svm(_ schema: ModelSchema, columns: Int) throws(LearnError) -> SupportVectorClassifier {
        let vectors = try matrix("svm.vectors", columns: columns)
        let counts = try integers("svm.counts", count: schema.classCount, in: 0...vectors.rows)
        try require(counts.reduce(0, +) == vectors.rows, "svm.counts", "sum \(vectors.rows)", "\(counts.reduce(0, +))")
        guard let kernel = schema.kernel, kernel.isValid else {
            throw LearnError.modelEntry(name: key("schema"), expected: "a kernel", found: "none, or one out of range")
        }
        return SupportVectorClassifier(
            classCount: schema.classCount, supportVectors: vectors,
            supportIndices: try integers("svm.indices", count: vectors.rows, in: 0...Int(Int32.max)), supportCounts: counts,
            dualCoefficients: try doubleMatrix("svm.coefficients", rows: schema.classCount - 1, columns: vectors.rows),
            intercepts: try doubles("svm.intercepts", count: schema.classCount * (schema.classCount - 1) / 2),
            report: schema.report, kernel: kernel)
    }

    mutating func put(_ model: LogisticRegression, _ schema: inout ModelSchema) {
        schema.kind = .logistic
        schema.logisticForm = model.form
        put("logistic.coefficients", model.coefficients)
        put("logistic.intercepts", model.intercepts)
    }

    func logistic(_ schema: ModelSchema, columns: Int) throws(LearnError) -> LogisticRegression {
        guard let form = schema.logisticForm else {
            throw LearnError.modelEntry(name: key("schema"), expected: "the form of a logistic regression", found: "none")
        }
        let functions = schema.classCount == 2 ? 1 : schema.classCount
        return LogisticRegression(
            classCount: schema.classCount,
            coefficients: try doubleMatrix("logistic.coefficients", rows: functions, columns: columns),
            intercepts: try doubles("logistic.intercepts", count: functions), form: form, report: schema.report)
    }
}

extension ResolvedKernel {
    var isValid: Bool {
        switch form {
        case .linear: true
        case .rbf: gamma > 0 && gamma.isFinite
        case .polynomial: gamma > 0 && gamma.isFinite && coefficient.isFinite && (1...64).contains(degree)
        case .sigmoid: gamma > 0 && gamma.isFinite && coefficient.isFinite
        }
    }
}
