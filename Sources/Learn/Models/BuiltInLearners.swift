/// A learning method of this library, which a search may share work with and whose models can be written to files.
protocol BuiltInLearner: Learner {
    /// The method as a case.
    var estimator: Estimator { get }
}

extension SVMParameters: BuiltInLearner {
    var estimator: Estimator { .svm(self) }
    /// "svm"
    public var name: String { "svm" }

    /// See ``SupportVectorClassifier/fit(_:parameters:threads:)``.
    public func fit(_ samples: LabelledRows, threads: Int) throws(LearnError) -> SupportVectorClassifier {
        try .fit(samples, parameters: self, threads: threads)
    }
}

extension ForestParameters: BuiltInLearner {
    var estimator: Estimator { .randomForest(self) }
    /// "random_forest", or "extra_trees" with random thresholds.
    public var name: String { splitting == .random ? "extra_trees" : "random_forest" }

    /// See ``RandomForest/fit(_:parameters:threads:)``.
    public func fit(_ samples: LabelledRows, threads: Int) throws(LearnError) -> RandomForest {
        try .fit(samples, parameters: self, threads: threads)
    }
}

extension LogisticParameters: BuiltInLearner {
    var estimator: Estimator { .logisticRegression(self) }
    /// "logistic_regression"
    public var name: String { "logistic_regression" }

    /// See ``LogisticRegression/fit(_:parameters:threads:)``.
    public func fit(_ samples: LabelledRows, threads: Int) throws(LearnError) -> LogisticRegression {
        try .fit(samples, parameters: self, threads: threads)
    }
}

extension LinearSVMParameters: BuiltInLearner {
    var estimator: Estimator { .linearSVM(self) }
    /// "linear_svm"
    public var name: String { "linear_svm" }

    /// See ``LinearSupportVectorClassifier/fit(_:parameters:threads:)``.
    public func fit(_ samples: LabelledRows, threads: Int) throws(LearnError) -> LinearSupportVectorClassifier {
        try .fit(samples, parameters: self, threads: threads)
    }
}

extension NeighbourParameters: BuiltInLearner {
    var estimator: Estimator { .nearestNeighbours(self) }
    /// "nearest_neighbours"
    public var name: String { "nearest_neighbours" }

    /// See ``NearestNeighbours/fit(_:parameters:)``.
    public func fit(_ samples: LabelledRows, threads: Int) throws(LearnError) -> NearestNeighbours {
        try .fit(samples, parameters: self)
    }
}

/// Linear discriminant analysis, which has no settings.
public struct DiscriminantParameters: BuiltInLearner, Hashable {
    /// The method has no settings.
    public init() {}

    var estimator: Estimator { .linearDiscriminant }
    /// "linear_discriminant"
    public var name: String { "linear_discriminant" }
    /// None.
    public var settings: [String: String] { [:] }

    /// See ``LinearDiscriminant/fit(_:threads:)``.
    public func fit(_ samples: LabelledRows, threads: Int) throws(LearnError) -> LinearDiscriminant {
        try .fit(samples, threads: threads)
    }
}

/// The majority class, which has no settings.
public struct MajorityParameters: BuiltInLearner, Hashable {
    /// The method has no settings.
    public init() {}

    var estimator: Estimator { .majorityClass }
    /// "majority_class"
    public var name: String { "majority_class" }
    /// None.
    public var settings: [String: String] { [:] }

    /// See ``MajorityClass/fit(_:)``.
    public func fit(_ samples: LabelledRows, threads: Int) throws(LearnError) -> MajorityClass { .fit(samples) }
}
