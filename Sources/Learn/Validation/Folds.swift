/// Ways to split rows into folds. Every row is tested exactly once (once per repetition for the repeated ones), and every class is
/// present in the training rows of every fold.
public enum Folds {
    /// Stratified k-fold without shuffling: the same members as scikit-learn's `StratifiedKFold(count)`.
    ///
    /// Classes are numbered by first appearance and the labels sorted; fold i is promised, of each class, as many rows as that
    /// class has in the sorted places i, i + count, i + 2·count, ...; each class's rows then fill the folds in order.
    /// - Throws: ``LearnError/invalidParameter(name:value:allowed:)`` for fewer than 2 folds or more folds than rows;
    ///   ``LearnError/tooFewInClass(label:found:needed:unit:)`` for a class with one row; and what labels can be wrong with.
    /// - Complexity: O(rows + classes * count).
    public static func stratified(labels: [Int], count: Int) throws(LearnError) -> [Fold] {
        let assignment = try stratifiedAssignment(labels: labels, count: count)
        return folds(assignment: assignment.fold, count: count)
    }

    /// Stratified k-fold with each class's rows shuffled first. The same seed gives the same folds everywhere (they are not
    /// scikit-learn's: its generator is another).
    public static func stratified(labels: [Int], count: Int, shuffledBy seed: UInt64) throws(LearnError) -> [Fold] {
        var (fold, members) = try stratifiedAssignment(labels: labels, count: count)
        var generator = SeededGenerator(seed: seed)
        for rows in members {
            var places = rows.map { fold[$0] }
            generator.shuffle(&places)
            for (row, place) in zip(rows, places) { fold[row] = place }
        }
        members.removeAll()
        return folds(assignment: fold, count: count)
    }

    /// Shuffled stratified folds, `repetitions` times with seeds derived from `seed`: repetition after repetition.
    public static func repeatedStratified(labels: [Int], count: Int, repetitions: Int, seed: UInt64) throws(LearnError) -> [Fold] {
        try repeated(repetitions, seed: seed) { seed throws(LearnError) in
            try stratified(labels: labels, count: count, shuffledBy: seed)
        }
    }

    static func repeated(
        _ repetitions: Int, seed: UInt64, _ folds: (UInt64) throws(LearnError) -> [Fold]
    ) throws(LearnError) -> [Fold] {
        guard repetitions >= 1 else {
            throw LearnError.invalidParameter(name: "repetitions", value: "\(repetitions)", allowed: "1 or more")
        }
        var all: [Fold] = []
        for repetition in 0..<repetitions {
            var generator = SeededGenerator(seed: seed, stream: repetition)
            all += try folds(generator.next())
        }
        return all
    }

    /// Turns "row r is tested in fold `assignment[r]`" into folds.
    static func folds(assignment: [Int], count: Int) -> [Fold] {
        (0..<count).map { index in
            Fold(
                train: assignment.indices.filter { assignment[$0] != index },
                test: assignment.indices.filter { assignment[$0] == index })
        }
    }

    static func checkCount(_ count: Int, rows: Int) throws(LearnError) {
        guard count >= 2, count <= rows else {
            throw LearnError.invalidParameter(name: "folds", value: "\(count)", allowed: "2 to the number of rows, \(rows)")
        }
    }

    private static func stratifiedAssignment(
        labels: [Int], count: Int
    ) throws(LearnError) -> (fold: [Int], members: [[Int]]) {
        let classCount = try LabelledRows.checkedClassCount(labels: labels, rows: labels.count)
        try checkCount(count, rows: labels.count)
        var number = [Int](repeating: -1, count: classCount)
        var members: [[Int]] = []
        for (row, label) in labels.enumerated() {
            if number[label] < 0 {
                number[label] = members.count
                members.append([])
            }
            members[number[label]].append(row)
        }
        for rows in members where rows.count < 2 {
            throw LearnError.tooFewInClass(label: labels[rows[0]], found: rows.count, needed: 2, unit: "rows")
        }
        var assignment = [Int](repeating: 0, count: labels.count)
        var sortedPlace = 0
        for rows in members {
            var promised = [Int](repeating: 0, count: count)
            for _ in rows {
                promised[sortedPlace % count] += 1
                sortedPlace += 1
            }
            var next = 0
            for (fold, share) in promised.enumerated() {
                for _ in 0..<share {
                    assignment[rows[next]] = fold
                    next += 1
                }
            }
        }
        return (assignment, members)
    }
}
