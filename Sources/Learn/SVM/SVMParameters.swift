/// Settings of a C-support vector classifier.
public struct SVMParameters: Sendable, Hashable, Codable {
    /// C, the price of a row on the wrong side of its margin; above 0.
    public var cost: Double
    /// What takes the place of inner products.
    public var kernel: KernelFunction
    /// The solver stops when the largest violation of the optimality conditions falls below this. libsvm's default is 1e-3.
    public var tolerance: Double
    /// C of a row is `cost` times the weight of its class.
    public var classWeights: ClassWeights
    /// Whether rows that seem settled at a bound are set aside while the others are optimised. The result is the same to within
    /// `tolerance`; large problems are solved sooner.
    public var shrinking: Bool
    /// Memory for kernel values, in mebibytes. A problem that fits is solved on its whole kernel matrix; one that does not
    /// computes kernel rows when they are needed and keeps the most recently used.
    public var cacheMegabytes: Int
    /// Most steps of one two-class problem; nil is libsvm's bound, the larger of 10,000,000 and 100 * rows.
    public var maximumIterations: Int?

    /// The settings of scikit-learn's `SVC`, unless given; but nothing is left to chance.
    public init(
        cost: Double = 1, kernel: KernelFunction = .rbf(gamma: .scale), tolerance: Double = 1e-3, classWeights: ClassWeights = .equal,
        shrinking: Bool = true, cacheMegabytes: Int = 512, maximumIterations: Int? = nil
    ) {
        self.cost = cost
        self.kernel = kernel
        self.tolerance = tolerance
        self.classWeights = classWeights
        self.shrinking = shrinking
        self.cacheMegabytes = cacheMegabytes
        self.maximumIterations = maximumIterations
    }

    /// - Throws: ``LearnError/invalidParameter(name:value:allowed:)`` for the first setting outside its range.
    public func validate() throws(LearnError) {
        try Self.require(cost > 0 && cost.isFinite, "C", cost, "above 0")
        try Self.require(tolerance > 0 && tolerance.isFinite, "tolerance", tolerance, "above 0")
        try Self.require(cacheMegabytes > 0, "cacheMegabytes", cacheMegabytes, "above 0")
        try Self.require(maximumIterations.map { $0 > 0 } ?? true, "maximumIterations", maximumIterations ?? 0, "above 0")
        switch kernel {
        case .linear: break
        case .rbf(let gamma): try Self.require(gamma)
        case .polynomial(let degree, let gamma, let coefficient):
            try Self.require(gamma)
            try Self.require((1...64).contains(degree), "degree", degree, "1 to 64")
            try Self.require(coefficient.isFinite, "coefficient", coefficient, "a finite number")
        case .sigmoid(let gamma, let coefficient):
            try Self.require(gamma)
            try Self.require(coefficient.isFinite, "coefficient", coefficient, "a finite number")
        }
    }

    private static func require(_ gamma: KernelFunction.Gamma) throws(LearnError) {
        if case .value(let value) = gamma { try require(value > 0 && value.isFinite, "gamma", value, "above 0") }
    }

    private static func require(_ holds: Bool, _ name: String, _ value: any Sendable, _ allowed: String) throws(LearnError) {
        guard holds else { throw LearnError.invalidParameter(name: name, value: "\(value)", allowed: allowed) }
    }
}
