/// Extra rows for training, each made from a row of a training set (its mirror image, say): it has that row's label, is learned
/// from wherever that row is learned from, and is never tested.
///
/// In a fold whose training rows lack the source, the extra row is left out too, so that nothing of a tested row is learned from.
/// Preprocessing and models learn from the rows themselves followed by the extra ones, in the order given.
public struct Augmentation: Sendable, Equatable {
    /// The extra rows.
    public let rows: Matrix
    /// The row that each of `rows` was made from.
    public let sources: [Int]

    /// - Throws: ``LearnError/rowLabelMismatch(rows:labels:)`` unless every row has a source,
    ///   ``LearnError/nonFinite(row:column:value:)``.
    /// - Complexity: O(rows * columns).
    public init(rows: Matrix, sources: [Int]) throws(LearnError) {
        guard rows.rows == sources.count else {
            throw LearnError.rowLabelMismatch(rows: rows.rows, labels: sources.count)
        }
        try rows.requireFinite()
        self.init(unchecked: rows, sources: sources)
    }

    private init(unchecked rows: Matrix, sources: [Int]) {
        self.rows = rows
        self.sources = sources
    }

    /// The extra rows made from some of the rows, whose numbers become their places in `selection`: what goes with
    /// `rows.selecting(rows: selection)`.
    ///
    /// A row named several times (drawn by a bootstrap, say) brings its extra rows as often, one for each of its places.
    /// - Complexity: O(sources + selection + selected rows * columns).
    public func selecting(rows selection: [Int]) -> Augmentation {
        let places = Dictionary(grouping: selection.indices) { selection[$0] }
        let kept = sources.indices.flatMap { extra in (places[sources[extra]] ?? []).map { (extra: extra, place: $0) } }
        return Augmentation(unchecked: rows.selecting(rows: kept.map(\.extra)), sources: kept.map(\.place))
    }

    /// How many rows ``selecting(rows:)`` would give.
    /// - Complexity: O(sources + selection).
    func count(selecting selection: [Int]) -> Int {
        let times = Dictionary(selection.map { ($0, 1) }, uniquingKeysWith: +)
        return sources.reduce(0) { $0 + (times[$1] ?? 0) }
    }

    /// Rows and labels with the extra ones appended.
    /// - Throws: ``LearnError/featureCountMismatch(expected:found:)``, ``LearnError/invalidParameter(name:value:allowed:)`` for a source
    ///   that is not one of the rows.
    func extending(_ rows: Matrix, labels: [Int]) throws(LearnError) -> (rows: Matrix, labels: [Int]) {
        try check(against: rows)
        guard rows.rows == labels.count else { throw LearnError.rowLabelMismatch(rows: rows.rows, labels: labels.count) }
        return (
            Matrix(rows: rows.rows + self.rows.rows, columns: rows.columns, values: rows.values + self.rows.values),
            labels + sources.map { labels[$0] }
        )
    }

    func check(against rows: Matrix) throws(LearnError) {
        if !sources.isEmpty { try self.rows.requireColumns(rows.columns) }
        if let stray = sources.first(where: { !(0..<rows.rows).contains($0) }) {
            throw LearnError.invalidParameter(name: "augmentation source", value: "\(stray)", allowed: "a row, 0..<\(rows.rows)")
        }
    }
}
