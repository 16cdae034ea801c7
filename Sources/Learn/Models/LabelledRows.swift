/// Rows with their labels, checked: what every `fit` works on.
///
/// Labels are 0..<`classCount`; each class has at least one row, and there are at least two classes.
public struct LabelledRows: Sendable, Equatable {
    /// One sample a row.
    public let rows: Matrix
    /// The class of every row.
    public let labels: [Int]
    /// Labels are 0..<classCount.
    public let classCount: Int

    /// Checks shape, finiteness and labels.
    /// - Throws: ``LearnError``: `empty`, `rowLabelMismatch`, `nonFinite`, `labelOutOfRange`, `singleClass`, `classWithoutRows`,
    ///   `constantFeatures` (when no column at all varies).
    /// - Complexity: O(rows * columns).
    public init(rows: Matrix, labels: [Int]) throws(LearnError) {
        guard rows.rows > 0 else { throw LearnError.empty(what: "rows") }
        guard rows.columns > 0 else { throw LearnError.empty(what: "columns") }
        let classCount = try Self.checkedClassCount(labels: labels, rows: rows.rows)
        try rows.requireFinite()
        let first = rows.row(0)
        guard (1..<rows.rows).contains(where: { rows.row($0) != first }) else {
            throw LearnError.constantFeatures(columns: rows.columns)
        }
        self.init(unchecked: rows, labels: labels, classCount: classCount)
    }

    init(unchecked rows: Matrix, labels: [Int], classCount: Int) {
        self.rows = rows
        self.labels = labels
        self.classCount = classCount
    }

    /// The number of classes these labels speak of.
    static func checkedClassCount(labels: [Int], rows: Int) throws(LearnError) -> Int {
        guard rows == labels.count else { throw LearnError.rowLabelMismatch(rows: rows, labels: labels.count) }
        guard let highest = labels.max() else { throw LearnError.empty(what: "rows") }
        let classCount = highest + 1
        if let row = labels.firstIndex(where: { $0 < 0 }) {
            throw LearnError.labelOutOfRange(row: row, label: labels[row], classes: max(classCount, 0))
        }
        // Labels are class numbers without large gaps; a stray huge one must not cost memory.
        guard classCount <= labels.count + 1 else {
            let row = labels.firstIndex(of: highest) ?? 0
            throw LearnError.labelOutOfRange(row: row, label: highest, classes: labels.count)
        }
        var counts = [Int](repeating: 0, count: classCount)
        for label in labels { counts[label] += 1 }
        guard counts.filter({ $0 > 0 }).count > 1 else { throw LearnError.singleClass(label: highest) }
        if let missing = counts.firstIndex(of: 0) { throw LearnError.classWithoutRows(label: missing) }
        return classCount
    }

    /// Rows of each class, in ascending order.
    /// - Complexity: O(rows).
    public var members: [[Int]] {
        var members = [[Int]](repeating: [], count: classCount)
        for (row, label) in labels.enumerated() { members[label].append(row) }
        return members
    }
}
