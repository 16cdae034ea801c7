/// A binary tree of tests "column value <= threshold": left when it holds, right when not. Leaves hold class proportions.
///
/// Nodes stand in arrays, parents before children. Node 0 is the root.
struct DecisionTree: Sendable, Equatable {
    /// The column a node tests, or -1 for a leaf.
    var features: [Int32] = []
    var thresholds: [Float] = []
    /// Left child; the right one follows it directly. For a leaf, the number of its row in `proportions`.
    var children: [Int32] = []
    /// leaves x classes, row-major.
    var proportions: [Float] = []
    let classCount: Int

    init(classCount: Int) {
        self.classCount = classCount
    }

    /// The leaf row that `sample` ends in.
    /// - Complexity: O(depth).
    @inline(__always)
    func leaf(_ sample: UnsafePointer<Float>) -> Int {
        var node = 0
        while features[node] >= 0 {
            node = Int(children[node]) + (sample[Int(features[node])] <= thresholds[node] ? 0 : 1)
        }
        return Int(children[node])
    }
}
