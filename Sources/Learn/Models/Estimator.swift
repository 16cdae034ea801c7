import Support

/// A learning method with its settings, as one of a closed list of cases: what candidates hold.
public enum Estimator: Sendable, Hashable, Encodable {
    /// A kernel support vector machine.
    case svm(SVMParameters)
    /// A random forest, or extremely randomised trees.
    case randomForest(ForestParameters)
    /// A logistic regression.
    case logisticRegression(LogisticParameters)
    /// A linear support vector machine for many rows.
    case linearSVM(LinearSVMParameters)
    /// k nearest neighbours.
    case nearestNeighbours(NeighbourParameters)
    /// Linear discriminant analysis.
    case linearDiscriminant
    /// Linear discriminant analysis in the span of some rows, for many columns, rows and classes.
    case subspaceDiscriminant(SubspaceDiscriminantParameters)
    /// The most frequent class, whatever the row.
    case majorityClass
    /// A method from outside this library.
    case custom(CustomLearner)

    /// A case for a learning method: that of this library where it is one.
    public init(_ learner: some Learner) {
        self = (learner as? any BuiltInLearner)?.estimator ?? .custom(CustomLearner(learner))
    }

    /// The method itself.
    public var learner: any Learner {
        switch self {
        case .svm(let parameters): parameters
        case .randomForest(let parameters): parameters
        case .logisticRegression(let parameters): parameters
        case .linearSVM(let parameters): parameters
        case .nearestNeighbours(let parameters): parameters
        case .linearDiscriminant: DiscriminantParameters()
        case .subspaceDiscriminant(let parameters): parameters
        case .majorityClass: MajorityParameters()
        case .custom(let custom): custom.learner
        }
    }

    /// A stable name for tables and files: "svm", "random_forest" ("extra_trees" with random thresholds), "logistic_regression",
    /// "linear_svm", "nearest_neighbours", "linear_discriminant", "subspace_discriminant", "majority_class", or what a method from outside
    /// calls itself.
    public var name: String { learner.name }

    /// The settings that tell candidates apart, as text for tables and JSON.
    public var settings: [String: String] { learner.settings }

    /// - Throws: ``LearnError/invalidParameter(name:value:allowed:)`` for the first setting outside its range.
    public func validate() throws(LearnError) { try learner.validate() }

    /// Learns from samples.
    /// - Throws: ``LearnError``, as the method's own fit.
    public func fit(_ samples: LabelledRows, threads: Int = .allCores) throws(LearnError) -> TrainedModel {
        switch self {
        case .svm(let parameters): .svm(try parameters.fit(samples, threads: threads))
        case .randomForest(let parameters): .randomForest(try parameters.fit(samples, threads: threads))
        case .logisticRegression(let parameters): .logisticRegression(try parameters.fit(samples, threads: threads))
        case .linearSVM(let parameters): .linearSVM(try parameters.fit(samples, threads: threads))
        case .nearestNeighbours(let parameters): .nearestNeighbours(try parameters.fit(samples, threads: threads))
        case .linearDiscriminant: .linearDiscriminant(try LinearDiscriminant.fit(samples, threads: threads))
        case .subspaceDiscriminant(let parameters): .subspaceDiscriminant(try parameters.fit(samples, threads: threads))
        case .majorityClass: .majorityClass(MajorityClass.fit(samples))
        case .custom(let custom): .custom(try custom.fit(samples, threads: threads))
        }
    }
}
