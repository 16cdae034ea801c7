/// Candidates of one fold that are worked on as one piece, because they share the work.
enum SearchUnit: Sendable {
    /// One support vector machine.
    case svm(Int, SVMParameters)
    /// Logistic regressions that differ in C alone, by ascending C: each starts from the one before.
    case logisticPath([(index: Int, parameters: LogisticParameters)])
    /// Forests that differ in the number of trees alone, by ascending number: each is the beginning of the next.
    case forests([(index: Int, trees: Int)], ForestParameters)
    /// Any other estimator.
    case other(Int, Estimator)

    var candidates: [Int] {
        switch self {
        case .svm(let index, _), .other(let index, _): [index]
        case .logisticPath(let path): path.map(\.index)
        case .forests(let sizes, _): sizes.map(\.index)
        }
    }

    /// Groups candidates that share a preprocessing, keeping the order of first appearance; the longest work (regressions, then
    /// forests) comes first so that threads end together.
    static func group(_ candidates: [(index: Int, estimator: Estimator)]) -> [SearchUnit] {
        var paths: [(key: LogisticParameters, members: [(index: Int, parameters: LogisticParameters)])] = []
        var forests: [(key: ForestParameters, members: [(index: Int, trees: Int)])] = []
        var singles: [SearchUnit] = []
        for (index, estimator) in candidates {
            switch estimator {
            case .svm(let parameters): singles.append(.svm(index, parameters))
            case .logisticRegression(let parameters):
                var key = parameters
                key.cost = 0
                let place = paths.firstIndex { $0.key == key }
                if let place {
                    paths[place].members.append((index, parameters))
                } else {
                    paths.append((key, [(index, parameters)]))
                }
            case .randomForest(let parameters):
                var key = parameters
                key.trees = 0
                let place = forests.firstIndex { $0.key == key }
                if let place {
                    forests[place].members.append((index, parameters.trees))
                } else {
                    forests.append((key, [(index, parameters.trees)]))
                }
            case .linearSVM, .nearestNeighbours, .linearDiscriminant, .subspaceDiscriminant, .majorityClass, .custom:
                singles.append(.other(index, estimator))
            }
        }
        let logisticUnits = paths.map { path in
            SearchUnit.logisticPath(path.members.sorted { ($0.parameters.cost, $0.index) < ($1.parameters.cost, $1.index) })
        }
        let forestUnits = forests.map { group in
            SearchUnit.forests(group.members.sorted { ($0.trees, $0.index) < ($1.trees, $1.index) }, group.key)
        }
        return logisticUnits + forestUnits + singles
    }
}
