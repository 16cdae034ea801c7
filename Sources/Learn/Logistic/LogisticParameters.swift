/// Settings of a logistic regression with squared penalty.
public struct LogisticParameters: Sendable, Hashable, Codable {
    /// How more than two classes are told apart.
    public enum Form: String, Sendable, Hashable, Codable {
        /// One model of all classes (softmax); with two classes, one logistic function.
        case multinomial
        /// One two-class model for each class against all others.
        case oneVersusRest
    }

    /// C, the weight of the data against the penalty; above 0.
    public var cost: Double
    /// One model of all classes, or one a class.
    public var form: Form
    /// The solver stops when no derivative of the mean loss, (objective) / (C * total weight), exceeds this in size.
    public var tolerance: Double
    /// Most steps.
    public var maximumIterations: Int
    /// C of a row is `cost` times the weight of its class.
    public var classWeights: ClassWeights

    /// A multinomial regression of C 1, to a tolerance at which the last digits of its probabilities settle.
    public init(
        cost: Double = 1, form: Form = .multinomial, tolerance: Double = 1e-7, maximumIterations: Int = 2000,
        classWeights: ClassWeights = .equal
    ) {
        self.cost = cost
        self.form = form
        self.tolerance = tolerance
        self.maximumIterations = maximumIterations
        self.classWeights = classWeights
    }

    /// - Throws: ``LearnError/invalidParameter(name:value:allowed:)`` for the first setting outside its range.
    public func validate() throws(LearnError) {
        guard cost > 0, cost.isFinite else { throw LearnError.invalidParameter(name: "C", value: "\(cost)", allowed: "above 0") }
        guard tolerance > 0, tolerance.isFinite else {
            throw LearnError.invalidParameter(name: "tolerance", value: "\(tolerance)", allowed: "above 0")
        }
        guard maximumIterations > 0 else {
            throw LearnError.invalidParameter(name: "maximumIterations", value: "\(maximumIterations)", allowed: "above 0")
        }
    }

    func with(cost: Double) -> Self {
        var changed = self
        changed.cost = cost
        return changed
    }
}
