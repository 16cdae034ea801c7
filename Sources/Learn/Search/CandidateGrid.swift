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
}
