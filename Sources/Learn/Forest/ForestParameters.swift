/// Settings of a random forest.
public struct ForestParameters: Sendable, Hashable, Codable {
    /// How mixed the classes of a node are: what splits lower.
    public enum Criterion: String, Sendable, Hashable, Codable {
        /// 1 - Σ p²
        case gini
        /// -Σ p log p
        case entropy
    }

    /// How many columns a split looks at.
    public enum FeatureCount: Sendable, Hashable, Codable {
        /// The integer part of the square root of the columns.
        case squareRoot
        /// The integer part of the base-2 logarithm of the columns.
        case logarithm
        /// Every column.
        case all
        /// This many, or all where there are fewer.
        case count(Int)

        func resolved(columns: Int) -> Int {
            switch self {
            case .squareRoot: max(1, Int(Double(columns).squareRoot()))
            case .logarithm: max(1, Int.bitWidth - 1 - columns.leadingZeroBitCount)
            case .all: columns
            case .count(let count): min(count, columns)
            }
        }
    }

    /// How a column's threshold is found.
    public enum Splitting: String, Sendable, Hashable, Codable {
        /// The best threshold between any two neighbouring values.
        case best
        /// One threshold drawn uniformly between the least and the greatest value (extremely randomised trees).
        case random
    }

    /// Trees grown; 1 or more.
    public var trees: Int
    /// The impurity that splits lower.
    public var criterion: Criterion
    /// Columns that a split looks at.
    public var features: FeatureCount
    /// How a threshold is found.
    public var splitting: Splitting
    /// Whether each tree learns from as many rows drawn with replacement, or from all rows once.
    public var bootstrap: Bool
    /// Longest path from the root, in splits; nil is unbounded.
    public var maximumDepth: Int?
    /// A node of fewer distinct rows is not split.
    public var minimumSplit: Int
    /// Either side of a split keeps at least this many distinct rows.
    public var minimumLeaf: Int
    /// With a bootstrap, rows are drawn with a chance proportional to the weight of their class (scikit-learn 1.9's rule);
    /// without, rows count with that weight.
    public var classWeights: ClassWeights
    /// Tree t depends on the seed and t alone: a forest of 100 trees is the beginning of the one of 300.
    public var seed: UInt64

    /// The settings of scikit-learn's `RandomForestClassifier`, unless given.
    public init(
        trees: Int = 100, criterion: Criterion = .gini, features: FeatureCount = .squareRoot, splitting: Splitting = .best,
        bootstrap: Bool = true, maximumDepth: Int? = nil, minimumSplit: Int = 2, minimumLeaf: Int = 1,
        classWeights: ClassWeights = .equal, seed: UInt64 = 0
    ) {
        self.trees = trees
        self.criterion = criterion
        self.features = features
        self.splitting = splitting
        self.bootstrap = bootstrap
        self.maximumDepth = maximumDepth
        self.minimumSplit = minimumSplit
        self.minimumLeaf = minimumLeaf
        self.classWeights = classWeights
        self.seed = seed
    }

    /// Extremely randomised trees (Geurts, Ernst and Wehenkel, 2006): random thresholds, every tree sees all rows.
    public static func extraTrees(_ trees: Int = 100, seed: UInt64 = 0) -> Self {
        Self(trees: trees, splitting: .random, bootstrap: false, seed: seed)
    }

    /// - Throws: ``LearnError/invalidParameter(name:value:allowed:)`` for the first setting outside its range.
    public func validate() throws(LearnError) {
        try Self.require(trees >= 1, "trees", trees, "1 or more")
        try Self.require(maximumDepth.map { $0 >= 1 } ?? true, "maximumDepth", maximumDepth ?? 0, "1 or more")
        try Self.require(minimumSplit >= 2, "minimumSplit", minimumSplit, "2 or more")
        try Self.require(minimumLeaf >= 1, "minimumLeaf", minimumLeaf, "1 or more")
        if case .count(let count) = features { try Self.require(count >= 1, "features", count, "1 or more") }
    }

    private static func require(_ holds: Bool, _ name: String, _ value: Int, _ allowed: String) throws(LearnError) {
        guard holds else { throw LearnError.invalidParameter(name: name, value: "\(value)", allowed: allowed) }
    }
}
