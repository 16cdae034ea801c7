/// A learning method with its settings.
public enum Estimator: Sendable, Hashable, Codable {
    case svm(SVMParameters)
    case randomForest(ForestParameters)
    case logisticRegression(LogisticParameters)
    case linearSVM(LinearSVMParameters)
    case nearestNeighbours(NeighbourParameters)
    case linearDiscriminant
    case majorityClass

    /// A stable name for tables and files: "svm", "random_forest" ("extra_trees" with random thresholds), "logistic_regression",
    /// "linear_svm", "nearest_neighbours", "linear_discriminant", "majority_class".
    public var name: String {
        switch self {
        case .svm: "svm"
        case .randomForest(let parameters): parameters.splitting == .random ? "extra_trees" : "random_forest"
        case .logisticRegression: "logistic_regression"
        case .linearSVM: "linear_svm"
        case .nearestNeighbours: "nearest_neighbours"
        case .linearDiscriminant: "linear_discriminant"
        case .majorityClass: "majority_class"
        }
    }

    /// The settings that tell candidates apart, as text for tables and JSON.
    public var parameters: [String: String] {
        switch self {
        case .svm(let svm): svm.description
        case .randomForest(let forest): forest.description
        case .logisticRegression(let logistic): logistic.description
        case .linearSVM(let linear): linear.description
        case .nearestNeighbours(let neighbours):
            ["neighbours": "\(neighbours.neighbours)", "weights": neighbours.weighting.rawValue]
        case .linearDiscriminant, .majorityClass: [:]
        }
    }

    /// - Throws: ``LearnError/invalidParameter(name:value:allowed:)`` for the first setting outside its range.
    public func validate() throws(LearnError) {
        switch self {
        case .svm(let parameters): try parameters.validate()
        case .randomForest(let parameters): try parameters.validate()
        case .logisticRegression(let parameters): try parameters.validate()
        case .linearSVM(let parameters): try parameters.validate()
        case .nearestNeighbours(let parameters): try parameters.validate()
        case .linearDiscriminant, .majorityClass: break
        }
    }

    /// Learns from samples.
    public func fit(_ samples: SampleSet, threads: Int) throws(LearnError) -> TrainedModel {
        switch self {
        case .svm(let parameters):
            return .svm(try SupportVectorClassifier.fit(samples, parameters: parameters, threads: threads))
        case .randomForest(let parameters):
            return .randomForest(try RandomForest.fit(samples, parameters: parameters, threads: threads))
        case .logisticRegression(let parameters):
            return .logisticRegression(try LogisticRegression.fit(samples, parameters: parameters, threads: threads))
        case .linearSVM(let parameters):
            return .linearSVM(try LinearSupportVectorClassifier.fit(samples, parameters: parameters, threads: threads))
        case .nearestNeighbours(let parameters):
            return .nearestNeighbours(try NearestNeighbours.fit(samples, parameters: parameters))
        case .linearDiscriminant: return .linearDiscriminant(try LinearDiscriminant.fit(samples, threads: threads))
        case .majorityClass: return .majorityClass(MajorityClass.fit(samples))
        }
    }
}

/// A trained model of any of the learning methods.
public enum TrainedModel: Classifier, Equatable {
    case svm(SupportVectorClassifier)
    case randomForest(RandomForest)
    case logisticRegression(LogisticRegression)
    case linearSVM(LinearSupportVectorClassifier)
    case nearestNeighbours(NearestNeighbours)
    case linearDiscriminant(LinearDiscriminant)
    case majorityClass(MajorityClass)

    /// The model itself.
    public var classifier: any Classifier {
        switch self {
        case .svm(let model): model
        case .randomForest(let model): model
        case .logisticRegression(let model): model
        case .linearSVM(let model): model
        case .nearestNeighbours(let model): model
        case .linearDiscriminant(let model): model
        case .majorityClass(let model): model
        }
    }

    public var classCount: Int { classifier.classCount }
    public var featureCount: Int { classifier.featureCount }
    public var report: FitReport { classifier.report }

    public func predict(_ rows: Matrix, threads: Int) throws(LearnError) -> [Int] {
        try classifier.predict(rows, threads: threads)
    }

    public func scores(_ rows: Matrix, threads: Int) throws(LearnError) -> DoubleMatrix {
        try classifier.scores(rows, threads: threads)
    }

    /// The model's own probabilities, not calibrated (rows x classes, each row summing to 1): of the logistic functions, of the
    /// normal clouds of a linear discriminant, shares of votes for forests and neighbours, shares of classes for the majority. Nil
    /// for support vector machines, which have none.
    /// - Throws: ``LearnError/featureCountMismatch(expected:found:)``.
    public func probabilities(_ rows: Matrix, threads: Int) throws(LearnError) -> DoubleMatrix? {
        switch self {
        case .svm, .linearSVM: nil
        case .logisticRegression(let model): try model.probabilities(rows, threads: threads)
        case .linearDiscriminant, .majorityClass: Softmax.rows(try scores(rows, threads: threads))
        case .randomForest(let model): try model.proportions(rows, threads: threads)
        case .nearestNeighbours(let model): try model.proportions(rows, threads: threads)
        }
    }
}

extension SVMParameters {
    var description: [String: String] {
        var text = ["C": Self.text(cost)]
        switch kernel {
        case .linear: text["kernel"] = "linear"
        case .rbf(let gamma):
            text["kernel"] = "rbf"
            text["gamma"] = gamma.description
        case .polynomial(let degree, let gamma, let coefficient):
            text["kernel"] = "poly"
            text["gamma"] = gamma.description
            text["degree"] = "\(degree)"
            text["coef0"] = Self.text(coefficient)
        case .sigmoid(let gamma, let coefficient):
            text["kernel"] = "sigmoid"
            text["gamma"] = gamma.description
            text["coef0"] = Self.text(coefficient)
        }
        if classWeights != .equal { text["class_weight"] = classWeights.description }
        return text
    }

    /// 10 rather than 10.0.
    static func text(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
    }
}

extension KernelFunction.Gamma {
    var description: String {
        switch self {
        case .auto: "auto"
        case .scale: "scale"
        case .value(let value): SVMParameters.text(value)
        }
    }
}

extension ClassWeights {
    var description: String {
        switch self {
        case .equal: "equal"
        case .balanced: "balanced"
        case .values(let values): values.map(SVMParameters.text).joined(separator: ",")
        }
    }
}

extension LogisticParameters {
    var description: [String: String] {
        var text = ["C": SVMParameters.text(cost)]
        if form == .oneVersusRest { text["form"] = "one_vs_rest" }
        if classWeights != .equal { text["class_weight"] = classWeights.description }
        return text
    }
}

extension ForestParameters {
    var description: [String: String] {
        var text = ["trees": "\(trees)"]
        if criterion == .entropy { text["criterion"] = "entropy" }
        switch features {
        case .squareRoot: break
        case .logarithm: text["max_features"] = "log2"
        case .all: text["max_features"] = "all"
        case .count(let count): text["max_features"] = "\(count)"
        }
        if let maximumDepth { text["max_depth"] = "\(maximumDepth)" }
        if minimumSplit != 2 { text["min_split"] = "\(minimumSplit)" }
        if minimumLeaf != 1 { text["min_leaf"] = "\(minimumLeaf)" }
        if classWeights != .equal { text["class_weight"] = classWeights.description }
        return text
    }
}
