/// Samples laid out for growing trees: column by column, with every value's rank among its column's distinct values.
///
/// Made once, shared by all trees of all forests on the same rows. Ranks are 16 bits; a column of more than 65,536 distinct values
/// has neighbouring ones share a rank, so that no threshold is tried between them.
struct ForestSamples: Sendable {
    let rows: Int
    let columns: Int
    let labels: [Int]
    let classCount: Int
    /// columns x rows
    let values: [Float]
    /// columns x rows
    let ranks: [UInt16]

    /// - Complexity: O(columns * rows * log rows).
    init(_ samples: LabelledRows, threads: Int) {
        rows = samples.rows.rows
        columns = samples.rows.columns
        labels = samples.labels
        classCount = samples.classCount
        values = samples.rows.transposed().values
        ranks = Self.rank(values, rows: rows, columns: columns, threads: threads)
    }
}
