/// Which work of a search is done: all of it, or a job array's share. Units of work on a fold are dealt out like cards, in the order of all
/// preprocessings' units.
struct SearchShare: Sendable {
    /// Nil is the whole.
    let shard: Shard?
    /// How many folds there are.
    let folds: Int

    /// Whether a unit's work on a fold is to be done.
    /// - Parameter unit: counted from 0 through all preprocessings.
    func holds(unit: Int, fold: Int) -> Bool { shard?.holds(unit * folds + fold) ?? true }

    /// The number of the first unit of each preprocessing.
    func firstUnits(_ units: [[SearchUnit]]) -> [Int] {
        var first = 0
        return units.map { units in
            defer { first += units.count }
            return first
        }
    }

    /// How many outcomes, one a candidate and fold, are to be found out.
    func candidates(of units: [SearchUnit], firstUnit: Int) -> Int {
        units.enumerated().reduce(0) { sum, unit in
            sum + unit.element.candidates.count * (0..<folds).count { holds(unit: firstUnit + unit.offset, fold: $0) }
        }
    }
}
