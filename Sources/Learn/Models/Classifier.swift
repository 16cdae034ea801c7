import Support

/// A trained model that tells classes apart.
public protocol Classifier: Sendable, Equatable {
    /// Labels are 0..<classCount.
    var classCount: Int { get }
    /// Columns that rows must have.
    var featureCount: Int { get }
    /// How the fit went.
    var report: FitReport { get }

    /// The label of every row by the model's own decision rule.
    /// - Throws: ``LearnError/featureCountMismatch(expected:found:)``.
    func predict(_ rows: Matrix, threads: Int) throws(LearnError) -> [Int]

    /// One number a class for every row (rows x classes), larger for more likely classes: what calibration turns into
    /// probabilities. Logits for logistic regression and LDA, log-probabilities for forests and neighbours, mean pairwise
    /// decision values for support vector machines.
    /// - Throws: ``LearnError/featureCountMismatch(expected:found:)``.
    func scores(_ rows: Matrix, threads: Int) throws(LearnError) -> DoubleMatrix
}

extension Classifier {
    /// A model that was not found by iteration.
    public var report: FitReport { FitReport(iterations: 0, objective: nil, stopReason: .direct) }

    /// ``predict(_:threads:)`` on all cores.
    public func predict(_ rows: Matrix) throws(LearnError) -> [Int] { try predict(rows, threads: .allCores) }

    /// ``scores(_:threads:)`` on all cores.
    public func scores(_ rows: Matrix) throws(LearnError) -> DoubleMatrix { try scores(rows, threads: .allCores) }
}
