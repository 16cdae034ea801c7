/// Settings of a linear support vector machine for many rows.
public struct LinearSVMParameters: Sendable, Hashable, Codable {
    /// C, the price of a row on the wrong side of its margin; above 0.
    public var cost: Double
    /// The solver stops when the projected derivatives of one pass over the rows span less than this.
    public var tolerance: Double
    /// Most passes over the rows, for each class.
    public var maximumPasses: Int
    /// C of a row is `cost` times the weight of its class.
    public var classWeights: ClassWeights
    /// Order of the rows within each pass.
    public var seed: UInt64

    /// The settings of scikit-learn's `LinearSVC`, unless given.
    public init(
        cost: Double = 1, tolerance: Double = 1e-4, maximumPasses: Int = 1000, classWeights: ClassWeights = .equal, seed: UInt64 = 0
    ) {
        self.cost = cost
        self.tolerance = tolerance
        self.maximumPasses = maximumPasses
        self.classWeights = classWeights
        self.seed = seed
    }

    /// - Throws: ``LearnError/invalidParameter(name:value:allowed:)`` for the first setting outside its range.
    public func validate() throws(LearnError) {
        guard cost > 0, cost.isFinite else { throw LearnError.invalidParameter(name: "C", value: "\(cost)", allowed: "above 0") }
        guard tolerance > 0, tolerance.isFinite else {
            throw LearnError.invalidParameter(name: "tolerance", value: "\(tolerance)", allowed: "above 0")
        }
        guard maximumPasses > 0 else {
            throw LearnError.invalidParameter(name: "maximumPasses", value: "\(maximumPasses)", allowed: "above 0")
        }
    }
}
