/// Lists of candidates.
public enum CandidateGrid {
    /// The grid of the well-known tutorial, in its order: support vector machines with C 1, 10, 100, 1000 and RBF (gamma auto) and
    /// linear kernels, forests of 1, 5, 10, 100 and 300 trees, logistic regressions with C 1, 5, 10; all on standardised features.
    public static func classic(seed: UInt64 = 0) -> [Candidate] {
        let machines = [KernelFunction.rbf(gamma: .auto), .linear].flatMap { kernel in
            [1.0, 10, 100, 1000].map { Candidate(.svm(SVMParameters(cost: $0, kernel: kernel))) }
        }
        let forests = [1, 5, 10, 100, 300].map { Candidate(.randomForest(ForestParameters(trees: $0, seed: seed))) }
        let regressions = [1.0, 5, 10].map { Candidate(.logisticRegression(LogisticParameters(cost: $0))) }
        return machines + forests + regressions
    }

    /// Every method of the library over the range of settings that is worth a try without knowing the features, 30 candidates:
    /// logistic regressions with C 0.1 to 100; support vector machines with linear (C 0.01 to 10), RBF (gamma scale, C 1 to 100) and
    /// cubic kernels; linear machines one-vs-rest; forests and extremely randomised trees of 100 and 300 trees; 1, 3 and 5 nearest
    /// neighbours; and linear discriminant analysis. Simpler methods come first: of equally good candidates the first wins.
    /// - Parameters:
    ///   - preprocessing: of all candidates; features in blocks of different kinds want `.blockNormalise(lengths:)`.
    ///   - seed: of forests and of the linear machines' order of rows.
    public static func wide(preprocessing: [PreprocessingStep] = [.standardScale], seed: UInt64 = 0) -> [Candidate] {
        var learners: [Estimator] = [0.1, 0.3, 1, 3, 10, 30, 100].map { Estimator.logisticRegression(LogisticParameters(cost: $0)) }
        learners += [0.01, 0.1, 1, 10].map { Estimator.svm(SVMParameters(cost: $0, kernel: .linear)) }
        learners += [0.1, 1].map { Estimator.linearSVM(LinearSVMParameters(cost: $0, seed: seed)) }
        learners += [1, 3, 10, 30, 100].map { Estimator.svm(SVMParameters(cost: $0, kernel: .rbf(gamma: .scale))) }
        learners += [1, 10].map { Estimator.svm(SVMParameters(cost: $0, kernel: .polynomial(degree: 3, gamma: .scale, coefficient: 1))) }
        learners.append(.linearDiscriminant)
        learners += [1, 3, 5].map { Estimator.nearestNeighbours(NeighbourParameters(neighbours: $0, weighting: .distance)) }
        learners += [100, 300].flatMap { trees -> [Estimator] in
            [.randomForest(ForestParameters(trees: trees, seed: seed)), .randomForest(.extraTrees(trees, seed: seed))]
        }
        learners += [100, 300].map { Estimator.randomForest(ForestParameters(trees: $0, criterion: .entropy, seed: seed)) }
        return learners.map { Candidate($0, preprocessing: preprocessing) }
    }
}
