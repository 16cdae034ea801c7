import Support

/// A trained model of any of the learning methods.
public enum TrainedModel: Classifier {
    /// Of ``Estimator/svm(_:)``.
    case svm(SupportVectorClassifier)
    /// Of ``Estimator/randomForest(_:)``.
    case randomForest(RandomForest)
    /// Of ``Estimator/logisticRegression(_:)``.
    case logisticRegression(LogisticRegression)
    /// Of ``Estimator/linearSVM(_:)``.
    case linearSVM(LinearSupportVectorClassifier)
    /// Of ``Estimator/nearestNeighbours(_:)``.
    case nearestNeighbours(NearestNeighbours)
    /// Of ``Estimator/linearDiscriminant``.
    case linearDiscriminant(LinearDiscriminant)
    /// Of ``Estimator/subspaceDiscriminant(_:)``.
    case subspaceDiscriminant(SubspaceDiscriminant)
    /// Of ``Estimator/majorityClass``.
    case majorityClass(MajorityClass)
    /// A model of a method from outside this library.
    case custom(CustomModel)

    /// The model itself.
    public var classifier: any Classifier {
        switch self {
        case .svm(let model): model
        case .randomForest(let model): model
        case .logisticRegression(let model): model
        case .linearSVM(let model): model
        case .nearestNeighbours(let model): model
        case .linearDiscriminant(let model): model
        case .subspaceDiscriminant(let model): model
        case .majorityClass(let model): model
        case .custom(let model): model.classifier
        }
    }

    /// Labels are 0..<classCount.
    public var classCount: Int { classifier.classCount }
    /// Columns that rows must have.
    public var featureCount: Int { classifier.featureCount }
    /// How the fit went.
    public var report: FitReport { classifier.report }

    /// The label of every row, see ``Classifier/predict(_:threads:)``.
    public func predict(_ rows: Matrix, threads: Int) throws(LearnError) -> [Int] {
        try classifier.predict(rows, threads: threads)
    }

    /// One number a class for every row, see ``Classifier/scores(_:threads:)``.
    public func scores(_ rows: Matrix, threads: Int) throws(LearnError) -> DoubleMatrix {
        try classifier.scores(rows, threads: threads)
    }

    /// The model's own probabilities, not calibrated (rows x classes, each row summing to 1): of the logistic functions, of the
    /// normal clouds of a linear discriminant, shares of votes for forests and neighbours, shares of classes for the majority. Nil
    /// for support vector machines, which have none, and for models from outside this library.
    /// - Throws: ``LearnError/featureCountMismatch(expected:found:)``.
    public func probabilities(_ rows: Matrix, threads: Int = .allCores) throws(LearnError) -> DoubleMatrix? {
        switch self {
        case .svm, .linearSVM, .custom: nil
        case .logisticRegression(let model): try model.probabilities(rows, threads: threads)
        case .linearDiscriminant, .subspaceDiscriminant, .majorityClass: Softmax.rows(try scores(rows, threads: threads))
        case .randomForest(let model): try model.proportions(rows, threads: threads)
        case .nearestNeighbours(let model): try model.proportions(rows, threads: threads)
        }
    }
}
