import Imaging

/// An LBP cascade rearranged for the fast search.
struct LBPProgram: Sendable {
    struct Stage: Sendable {
        var nodes: Range<Int>
        var trees: Range<Int>
        var threshold: Double
        /// As in `HaarProgram.Stage`.
        var denseBase: Float
        var margin: Float
        var isDense: Bool
    }

    struct Node: Sendable {
        /// The 4 x 4 corners of the grid: their columns and rows.
        var columns: (Int, Int, Int, Int)
        var rows: (Int, Int, Int, Int)
        /// Bit c of these 256 tells whether code c goes left.
        var subset: SIMD8<UInt32>
        var left: Int32
        var right: Int32
        /// Stumps: the leaves, left and right.
        var leaves: (Float, Float)
    }

    let window: Size
    let isStumpBased: Bool
    let trees: [CascadeModel.Tree]
    let leaves: [Float]
    private(set) var stages: [Stage] = []
    private(set) var nodes: [Node] = []

    init(_ model: CascadeModel, _ features: [LBPFeature]) {
        window = model.window
        isStumpBased = model.isStumpBased
        trees = model.trees
        leaves = model.leaves
        for stage in model.stages {
            let members = model.trees[stage.trees]
            let first = nodes.count
            var base: Float = 0
            var size = abs(stage.threshold)
            // A block's sum fits 16 bits up to 257 white pixels.
            var isDense = isStumpBased
            for tree in members {
                for node in model.nodes[tree.nodes] {
                    let block = features[node.feature].block
                    let words = model.subsets[node.subset..<node.subset + 8]
                    let two = (model.leaves[tree.leaves.lowerBound], model.leaves[tree.leaves.lowerBound + 1])
                    nodes.append(
                        Node(
                            columns: (block.x, block.x + block.width, block.x + 2 * block.width, block.x + 3 * block.width),
                            rows: (block.y, block.y + block.height, block.y + 2 * block.height, block.y + 3 * block.height),
                            subset: SIMD8(words), left: Int32(node.left), right: Int32(node.right), leaves: two))
                    base += two.1
                    isDense = isDense && block.area <= 257
                }
                size += (model.leaves[tree.leaves].map { abs($0) }.max() ?? 0)
            }
            let margin = denseMargin(trees: members.count, roundings: 2, size: size)
            stages.append(
                Stage(
                    nodes: first..<nodes.count, trees: stage.trees, threshold: Double(stage.threshold), denseBase: base,
                    margin: margin, isDense: isDense && margin.isFinite))
        }
    }
}
