import Learn

/// Which candidates a training chooses among.
public enum SearchGrid: Sendable, Equatable {
    /// The tutorial's: support vector machines, random forests and logistic regressions behind a scaler.
    case classic
    /// Logistic regressions and linear support vector machines that weigh each block of features as a whole.
    case best
    /// Both, and what lies around them: other costs, kernels, nearest neighbours.
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
        case .wide: CandidateGrid.wide(lengths: blockLengths, seed: seed)
        case .candidates(let candidates): candidates
        }
    }
}

extension Recipe {
    /// The grid that training on this recipe's features searches unless asked otherwise.
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
    /// Everything of the two other grids, and on blocks of equal energy smaller and larger costs, RBF kernels and nearest neighbours.
    package static func wide(lengths: [Int], seed: UInt64) -> [Candidate] {
        let regressions = [0.3, 100].map { Estimator.logisticRegression(LogisticParameters(cost: $0)) }
        let machines = [0.01, 10].map { Estimator.svm(SVMParameters(cost: $0, kernel: .linear)) }
        let curved = [1.0, 10, 100].map { Estimator.svm(SVMParameters(cost: $0, kernel: .rbf(gamma: .scale))) }
        let neighbours = [1, 5].map { Estimator.nearestNeighbours(NeighbourParameters(neighbours: $0, weighting: .distance)) }
        let more = (regressions + machines + curved + neighbours).map {
            Candidate($0, preprocessing: [.blockNormalise(lengths: lengths)])
        }
        return blocks(lengths: lengths) + more + classic(seed: seed)
    }

    /// Logistic regressions and linear support vector machines on blocks of equal energy. Of equals the first is chosen: the one that
    /// fits its rows closest tells strangers best.
    package static func blocks(lengths: [Int]) -> [Candidate] {
        let regressions = [30.0, 10, 3, 1].map { Estimator.logisticRegression(LogisticParameters(cost: $0)) }
        let machines = [0.1, 1].map { Estimator.svm(SVMParameters(cost: $0, kernel: .linear)) }
        return (regressions + machines).map { Candidate($0, preprocessing: [.blockNormalise(lengths: lengths)]) }
    }
}
