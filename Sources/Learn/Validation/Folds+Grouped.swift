extension Folds {
    /// Stratified folds that never separate rows of one group (near-duplicate photos, say).
    ///
    /// Groups are taken in descending order of the population standard deviation of their class counts (equals: in ascending
    /// order of their numbers), and each goes to the fold that leaves the classes most evenly spread: the smallest mean, over classes, of
    /// the standard deviation over folds of (rows of the class in the fold) / (rows of the class); equals: to the fold with fewer
    /// rows, then to the first. This is the rule of scikit-learn's `StratifiedGroupKFold` without shuffling. One thing is added:
    /// a fold that a group would fill with the last rows of a class is passed over while another fold is possible, so that every
    /// class can be learned in every fold.
    ///
    /// - Parameters:
    ///   - labels: the class of every row.
    ///   - groups: a group number for every row; any numbers, equal ones belong together.
    ///   - count: how many folds.
    ///   - seed: when given, groups are shuffled before the (stable) sorting, for repeated grouped folds.
    /// - Throws: as ``stratified(labels:count:)``; ``LearnError/tooFewInClass(label:found:needed:unit:)`` with unit "groups" for a
    ///   class whose rows are all in one group.
    /// - Complexity: O(groups * count * classes).
    public static func stratifiedGrouped(
        labels: [Int], groups: [Int], count: Int, shuffledBy seed: UInt64? = nil
    ) throws(LearnError) -> [Fold] {
        let classCount = try LabelledRows.checkedClassCount(labels: labels, rows: groups.count)
        try checkCount(count, rows: labels.count)
        let numbering = Dictionary(uniqueKeysWithValues: Set(groups).sorted().enumerated().map { ($0.element, $0.offset) })
        let numbers = groups.map { numbering[$0, default: 0] }
        var counts = [GroupCounts](repeating: [], count: numbering.count)
        for (row, group) in numbers.enumerated() {
            if let place = counts[group].firstIndex(where: { $0.label == labels[row] }) {
                counts[group][place].rows += 1
            } else {
                counts[group].append((labels[row], 1))
            }
        }
        var holders = [Int](repeating: 0, count: classCount)
        for group in counts { for entry in group { holders[entry.label] += 1 } }
        for (label, found) in holders.enumerated() where found < 2 {
            throw LearnError.tooFewInClass(label: label, found: found, needed: 2, unit: "groups")
        }
        var order = Array(counts.indices)
        if let seed {
            var generator = SeededGenerator(seed: seed)
            generator.shuffle(&order)
        }
        var dense = [Double](repeating: 0, count: classCount)
        let spread = counts.map { group in
            for entry in group { dense[entry.label] = Double(entry.rows) }
            defer { for entry in group { dense[entry.label] = 0 } }
            return deviation(dense)
        }
        let place = order.enumerated().sorted { (spread[$0.element], $1.offset) > (spread[$1.element], $0.offset) }.map(\.element)
        var balance = GroupBalance(labels: labels, classCount: classCount, count: count)
        var foldOfGroup = [Int](repeating: 0, count: counts.count)
        for group in place { foldOfGroup[group] = balance.place(counts[group]) }
        for label in 0..<classCount where balance.isInOneFold(label) {
            throw LearnError.tooFewInClass(label: label, found: 1, needed: 2, unit: "separable groups")
        }
        return folds(assignment: numbers.map { foldOfGroup[$0] }, count: count)
    }

    /// Grouped stratified folds, `repetitions` times with seeds derived from `seed`: repetition after repetition. One repetition is
    /// ``stratifiedGrouped(labels:groups:count:shuffledBy:)`` with such a seed, not the unshuffled folds.
    /// - Throws: as ``stratifiedGrouped(labels:groups:count:shuffledBy:)``; ``LearnError/invalidParameter(name:value:allowed:)`` for
    ///   less than one repetition.
    /// - Complexity: `repetitions` times that of one.
    public static func repeatedStratifiedGrouped(
        labels: [Int], groups: [Int], count: Int, repetitions: Int, seed: UInt64
    ) throws(LearnError) -> [Fold] {
        try repeated(repetitions, seed: seed) { seed throws(LearnError) in
            try stratifiedGrouped(labels: labels, groups: groups, count: count, shuffledBy: seed)
        }
    }

    static func deviation(_ values: [Double]) -> Double {
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
    }
}

/// The classes that a group has rows of, and how many.
private typealias GroupCounts = [(label: Int, rows: Int)]

/// Class counts of the folds while groups are being placed.
private struct GroupBalance {
    private var rowsOfClass: [[Int]]
    private let totals: [Int]
    private var rowsOfFold: [Int]
    /// Of each class the standard deviation over the folds of its share there.
    private var spreads: [Double]

    init(labels: [Int], classCount: Int, count: Int) {
        rowsOfClass = [[Int]](repeating: [Int](repeating: 0, count: classCount), count: count)
        rowsOfFold = [Int](repeating: 0, count: count)
        spreads = [Double](repeating: 0, count: classCount)
        var totals = [Int](repeating: 0, count: classCount)
        for label in labels { totals[label] += 1 }
        self.totals = totals
    }

    func isInOneFold(_ label: Int) -> Bool {
        rowsOfClass.contains { $0[label] == totals[label] }
    }

    mutating func place(_ group: GroupCounts) -> Int {
        let size = group.reduce(0) { $0 + $1.rows }
        let open = rowsOfClass.indices.filter { fold in
            !group.contains { rowsOfClass[fold][$0.label] + $0.rows == totals[$0.label] }
        }
        var best = (fold: 0, spread: Double.infinity, rows: Int.max)
        for fold in open.isEmpty ? Array(rowsOfClass.indices) : open {
            add(group, to: fold, sign: 1)
            let spread = spreads.reduce(0, +) / Double(totals.count)
            add(group, to: fold, sign: -1)
            let rows = rowsOfFold[fold] + size
            // Spreads that differ by rounding alone are equal (numpy's isclose: 1e-5 relative + 1e-8).
            let isEqual = abs(spread - best.spread) <= 1e-8 + 1e-5 * abs(best.spread)
            if spread < best.spread || (isEqual && rows < best.rows) {
                best = (fold, spread, rows)
            }
        }
        add(group, to: best.fold, sign: 1)
        rowsOfFold[best.fold] += size
        return best.fold
    }

    private mutating func add(_ group: GroupCounts, to fold: Int, sign: Int) {
        for entry in group {
            rowsOfClass[fold][entry.label] += sign * entry.rows
            spreads[entry.label] = Folds.deviation(rowsOfClass.map { Double($0[entry.label]) / Double(totals[entry.label]) })
        }
    }
}
