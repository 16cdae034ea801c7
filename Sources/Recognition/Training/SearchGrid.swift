import Learn

/// Which candidates a training chooses among.
public enum SearchGrid: Sendable, Equatable {
    /// The tutorial's: support vector machines, random forests and logistic regressions behind a scaler.
    case classic
    /// Logistic regressions and linear support vector machines that weigh each block of features as a whole.
    case best
    /// Both, and every other method of the library: more costs, curved kernels, forests and nearest neighbours on blocks of equal energy.
    case wide
    /// Candidates of one's own.
    case candidates([Candidate])

    /// The candidates.
    /// - Parameters:
    ///   - blockLengths: how many features each kind of measurement gives, in their order.
    ///   - seed: of everything random in them.
    package func candidates(blockLengths: [Int], seed: UInt64) -> [Candidate] {
        switch self {
        case .classic: CandidateGrid.classic(seed: seed)
        case .best: CandidateGrid.blocks(lengths: blockLengths)
        case .wide:
            CandidateGrid.blocks(lengths: blockLengths) + CandidateGrid.others(lengths: blockLengths, seed: seed)
                + CandidateGrid.classic(seed: seed)
        case .candidates(let candidates): candidates
        }
    }
}

extension Recipe {
    /// The grid that training on this recipe's features searches by default.
    ///
    /// The classic recipe has the tutorial's. Compositions have many blocks of many columns: each is weighed as a whole, and
    /// methods that bear more columns than rows are searched.
    public var grid: SearchGrid {
        switch features {
        case .classic: .classic
        case .composition: .best
        }
    }
}

extension CandidateGrid {
    /// Logistic regressions and linear support vector machines on blocks of equal energy. Of equals the first is chosen: the one that
    /// fits its rows closest tells strangers best.
    package static func blocks(lengths: [Int]) -> [Candidate] {
        let regressions = [30.0, 10, 3, 1].map { Estimator.logisticRegression(LogisticParameters(cost: $0)) }
        let machines = [0.1, 1].map { Estimator.svm(SVMParameters(cost: $0, kernel: .linear)) }
        return (regressions + machines).map { Candidate($0, preprocessing: [.blockNormalise(lengths: lengths)]) }
    }

    /// What the library's wide grid has beside `blocks`, on the same blocks.
    fileprivate static func others(lengths: [Int], seed: UInt64) -> [Candidate] {
        let known = Set(blocks(lengths: lengths))
        return wide(preprocessing: [.blockNormalise(lengths: lengths)], seed: seed).filter { !known.contains($0) }
    }
}
