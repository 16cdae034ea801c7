/// A trained support vector machine for two or more classes: one two-class machine for each pair of classes (one-vs-one), whose
/// votes decide.
public struct SupportVectorClassifier: Classifier {
    /// Labels are 0..<classCount.
    public let classCount: Int
    /// The rows that carry the decision functions, class by class, in the order of the training rows within a class.
    public let supportVectors: Matrix
    /// Which training rows they were.
    public let supportIndices: [Int]
    /// How many of them belong to each class.
    public let supportCounts: [Int]
    /// (classCount - 1) x support vectors, as libsvm lays them out: for the pair of classes i < j, the support vectors of i have
    /// their yα in row j - 1, those of j in row i.
    public let dualCoefficients: DoubleMatrix
    /// b of each pair (0,1), (0,2), ..., (1,2), ...
    public let intercepts: [Double]
    /// How the fit went.
    public let report: FitReport
    /// The kernel, gamma being a number.
    package let kernel: ResolvedKernel

    /// Columns that rows must have.
    public var featureCount: Int { supportVectors.columns }

    /// A machine from its parts, which must fit each other.
    package init(
        classCount: Int, supportVectors: Matrix, supportIndices: [Int], supportCounts: [Int], dualCoefficients: DoubleMatrix,
        intercepts: [Double], report: FitReport, kernel: ResolvedKernel
    ) {
        self.classCount = classCount
        self.supportVectors = supportVectors
        self.supportIndices = supportIndices
        self.supportCounts = supportCounts
        self.dualCoefficients = dualCoefficients
        self.intercepts = intercepts
        self.report = report
        self.kernel = kernel
    }

    /// Trains one machine a pair of classes.
    /// - Throws: ``LearnError/invalidParameter(name:value:allowed:)``; ``LearnError/constantFeatures(columns:)`` for gamma `scale`.
    /// - Complexity: O(rows² * columns) for the kernel matrix where it fits `cacheMegabytes`, and the solver's steps.
    public static func fit(_ samples: LabelledRows, parameters: SVMParameters, threads: Int) throws(LearnError) -> Self {
        try parameters.validate()
        let kernel = try ResolvedKernel(parameters.kernel, rows: samples.rows)
        let count = samples.rows.rows
        // Kernel matrix, and the copy of it that one pair of classes works on.
        if 2 * count * count * 8 <= parameters.cacheMegabytes * 1_048_576 {
            let gram = kernel.apply(toGram: samples.rows.gram(threads: threads))
            return try fit(samples, parameters: parameters, kernel: kernel, threads: threads) { members, _ in
                StoredKernelRows(kernel: gram, members: members)
            }
        }
        return try fitPairByPair(samples, parameters: parameters, kernel: kernel, threads: threads)
    }

    /// Trains each pair of classes on its own kernel matrix (three copies while it is made) where all pairs worked on at once fit
    /// the cache, else on kernel rows made when they are needed.
    private static func fitPairByPair(
        _ samples: LabelledRows, parameters: SVMParameters, kernel: ResolvedKernel, threads: Int
    ) throws(LearnError) -> Self {
        let rows = samples.rows
        let sizes = samples.members.map(\.count).sorted()
        let largest = sizes.suffix(2).reduce(0, +)
        let pairs = PairwiseMachines.classPairs(samples.classCount).count
        let budget = parameters.cacheMegabytes * 1_048_576
        let room = budget / max(1, 3 * largest * largest * 8)
        let atOnce = max(1, min(threads, min(pairs, room)))
        let megabytes = max(1, parameters.cacheMegabytes / atOnce)
        return try fit(samples, parameters: parameters, kernel: kernel, threads: atOnce) { members, _ in
            let selected = rows.selecting(rows: members)
            guard room > 0 else { return CachedKernelRows(rows: selected, kernel: kernel, megabytes: megabytes) }
            let matrix = kernel.apply(toGram: selected.gram(threads: max(1, threads / atOnce)))
            return StoredKernelRows(kernel: matrix, members: Array(members.indices))
        }
    }

    private static func fit(
        _ samples: LabelledRows, parameters: SVMParameters, kernel: ResolvedKernel, threads: Int,
        rows makeRows: @Sendable ([Int], Int) -> any KernelRows
    ) throws(LearnError) -> Self {
        let machines = try PairwiseMachines.solve(samples, parameters: parameters, threads: threads, rows: makeRows)
        return Self(
            classCount: samples.classCount, supportVectors: samples.rows.selecting(rows: machines.supportIndices),
            supportIndices: machines.supportIndices, supportCounts: machines.supportCounts,
            dualCoefficients: machines.dualCoefficients, intercepts: machines.intercepts, report: machines.report, kernel: kernel)
    }

    /// The decision value of every pair of classes, in the order (0,1), (0,2), ..., (1,2), ...: above 0 speaks for the first.
    /// - Throws: ``LearnError/featureCountMismatch(expected:found:)``.
    /// - Complexity: O(rows * support vectors * (columns + classes)).
    public func decisionValues(_ rows: Matrix, threads: Int) throws(LearnError) -> DoubleMatrix {
        try rows.requireColumns(featureCount)
        // In double precision: single-precision products would leave 1e-5 in the decision values of rows far away.
        let products = try rows.converted(to: Double.self)
            .multiplied(byTransposeOf: supportVectors.converted(to: Double.self), threads: threads)
        let kernelValues = kernel.apply(
            to: products, leftNorms: kernel.form == .rbf ? rows.squaredNorms() : [Double](repeating: 0, count: rows.rows),
            rightNorms: kernel.form == .rbf ? supportVectors.squaredNorms() : [Double](repeating: 0, count: supportVectors.rows))
        return pairs.decisionValues(kernelValues)
    }

    /// The class with most votes, each pair of classes voting; of classes with equally many votes, the first (libsvm's rule).
    public func predict(_ rows: Matrix, threads: Int) throws(LearnError) -> [Int] {
        pairs.votes(try decisionValues(rows, threads: threads)).rowArgmax()
    }

    /// For every class the mean, over the other classes, of its pairwise decision values bounded to ±3, so that one certain
    /// duel does not outweigh all others.
    public func scores(_ rows: Matrix, threads: Int) throws(LearnError) -> DoubleMatrix {
        pairs.scores(try decisionValues(rows, threads: threads))
    }

    var pairs: PairwiseDecisions {
        PairwiseDecisions(
            classCount: classCount, supportCounts: supportCounts, dualCoefficients: dualCoefficients, intercepts: intercepts)
    }
}
