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
