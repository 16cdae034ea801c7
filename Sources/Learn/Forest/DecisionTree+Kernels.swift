extension DecisionTree {
    /// The leaf row that `sample` ends in.
    /// - Complexity: O(depth).
    @inline(__always)
    private func leaf(_ sample: UnsafePointer<Float>) -> Int {
        var node = 0
        while features[node] >= 0 {
            node = Int(children[node]) + (sample[Int(features[node])] <= thresholds[node] ? 0 : 1)
        }
        return Int(children[node])
    }

    /// Calls `body` with every row's number and the number of the leaf that the row ends in.
    /// - Precondition: rows have the columns that the tree was grown on.
    @inline(__always)
    func forEachLeaf(of rows: Matrix, _ body: (_ row: Int, _ leaf: Int) -> Void) {
        rows.values.withUnsafeBufferPointer { values in
            guard let base = values.baseAddress else { return }
            for row in 0..<rows.rows { body(row, leaf(base + row * rows.columns)) }
        }
    }
}
