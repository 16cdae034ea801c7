import Learn

extension Recipe {
    /// The candidates that training on this recipe's features chooses among.
    ///
    /// The classic recipe has the tutorial's grid. Compositions have many blocks of many columns: each is weighed as a whole, and
    /// methods that bear more columns than rows are searched.
    func grid(blockLengths: [Int], seed: UInt64) -> [Candidate] {
        switch features {
        case .classic: CandidateGrid.classic(seed: seed)
        case .composition: CandidateGrid.blocks(lengths: blockLengths)
        }
    }
}

extension CandidateGrid {
    /// Logistic regressions and linear support vector machines on blocks of equal energy.
    package static func blocks(lengths: [Int]) -> [Candidate] {
        let regressions = [1.0, 3, 10, 30].map { Estimator.logisticRegression(LogisticParameters(cost: $0)) }
        let machines = [0.1, 1].map { Estimator.svm(SVMParameters(cost: $0, kernel: .linear)) }
        return (regressions + machines).map { Candidate($0, preprocessing: [.blockNormalise(lengths: lengths)]) }
    }
}
