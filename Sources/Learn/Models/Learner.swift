import Support

/// A learning method with its settings, ready to be fitted: what a ``GridSearch`` chooses among.
///
/// The methods of this library adopt it with their parameters (``SVMParameters``, ``ForestParameters``, ...). A method of your own is
/// searched like them, and a journal tells it from others by its name and settings, which must therefore say all that its answers
/// depend on. Models of your own cannot be written to a file or exported: that throws ``LearnError/notStorable(model:)``.
///
/// ```swift
/// struct NearestMean: Learner {
///     var name: String { "nearest_mean" }
///     var settings: [String: String] { [:] }
///     func fit(_ samples: LabelledRows, threads: Int) throws -> MeansOfClasses { ... }
/// }
/// let candidates = CandidateGrid.classic() + [Candidate(NearestMean())]
/// ```
public protocol Learner: Sendable {
    /// What a fit gives.
    associatedtype Model: Classifier

    /// A stable name for tables, journals and JSON, such as "svm".
    var name: String { get }

    /// The settings that tell candidates of this name apart, as text for tables and JSON.
    var settings: [String: String] { get }

    /// Checks the settings.
    /// - Throws: ``LearnError/invalidParameter(name:value:allowed:)`` for the first setting outside its range.
    func validate() throws(LearnError)

    /// Learns from samples. The same samples must give the same model, whatever the number of threads.
    /// - Throws: any error; a search reports those that are not a ``LearnError`` as ``LearnError/learnerFailed(name:reason:)``.
    func fit(_ samples: LabelledRows, threads: Int) throws -> Model
}

extension Learner {
    /// Accepts every setting.
    public func validate() throws(LearnError) {}

    /// ``fit(_:threads:)`` on all cores.
    public func fit(_ samples: LabelledRows) throws -> Model { try fit(samples, threads: .allCores) }
}
