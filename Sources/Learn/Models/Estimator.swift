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
    public func fit(_ samples: LabelledRows, threads: Int) throws(LearnError) -> TrainedModel {
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
