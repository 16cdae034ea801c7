/// Leaf proportions summed tree by tree, always in the order of the trees.
struct ForestVotes {
    private var sums: DoubleMatrix
    private(set) var trees = 0

    init(rows: Int, classCount: Int) {
        sums = DoubleMatrix(rows: rows, columns: classCount)
    }

    mutating func add(_ tree: DecisionTree, rows: Matrix) {
        trees += 1
        let classCount = sums.columns
        tree.forEachLeaf(of: rows) { row, leaf in
            for label in 0..<classCount {
                sums.values[row * classCount + label] += Double(tree.proportions[leaf * classCount + label])
            }
        }
    }

    /// Sums are rounded to single precision first: classes that are equal but for the order of additions are equal then.
    var proportions: DoubleMatrix {
        let count = Double(max(trees, 1))
        return DoubleMatrix(rows: sums.rows, columns: sums.columns, values: sums.values.map { Double(Float($0)) / count })
    }
}
