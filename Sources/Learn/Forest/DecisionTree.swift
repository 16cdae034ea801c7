/// A binary tree of tests "column value <= threshold": left when it holds, right when not. Leaves hold class proportions.
///
/// Nodes stand in arrays, parents before children. Node 0 is the root.
package struct DecisionTree: Sendable, Equatable {
    /// The column a node tests, or -1 for a leaf.
    package internal(set) var features: [Int32] = []
    /// What a node compares its column with; 0 for a leaf.
    package internal(set) var thresholds: [Float] = []
    /// Left child; the right one follows it directly. For a leaf, the number of its row in `proportions`.
    package internal(set) var children: [Int32] = []
    /// leaves x classes, row-major.
    package internal(set) var proportions: [Float] = []
    /// Numbers a leaf has.
    package let classCount: Int

    init(classCount: Int) {
        self.classCount = classCount
    }
}
