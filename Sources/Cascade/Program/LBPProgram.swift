import Imaging

/// An LBP cascade rearranged for the fast search.
///
/// A stage of stumps is a pattern itself, one bit for each stump that goes right, and its sum a function of that pattern: up to
/// 8 stumps, all sums are computed when the cascade is loaded, exactly as defined, and what remains is whether they are rejected.
struct LBPProgram: Sendable {
    struct Stage: Sendable {
        var nodes: IndexRange
        var trees: IndexRange
        var threshold: Double
        /// Nil for a stage that is left to the search of single windows.
        var dense: Dense?
    }

    /// How a stage is decided for 16 windows at once.
    struct Dense: Sendable {
        /// Whether a block's sum can pass 2^15.
        var isWide: Bool
        /// Up to 8 stumps: the patterns of accepted windows.
        var accepted: PatternSet
        /// More: where the stage's `partialSums` begin, 256 for every 8 stumps.
        var partialSums: Int
    }

    struct Node: Sendable {
        /// The 4 x 4 corners of the grid: their columns and rows.
        var columns: (Int, Int, Int, Int)
        var rows: (Int, Int, Int, Int)
        /// Bit c of these 256 tells whether code c goes left.
        var subset: SIMD8<UInt32>
        /// The codes that go left, with all their bits inverted.
        var inverted: PatternSet
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
    /// What 8 stumps of a stage add to its sum, by their pattern.
    private(set) var partialSums: [Double] = []

    init(_ model: CascadeModel, _ features: [LBPFeature]) {
        window = model.window
        isStumpBased = model.isStumpBased
        trees = model.trees
        leaves = model.leaves
        for stage in model.stages {
            let first = nodes.count
            var largestBlock = 0
            for tree in model.trees[stage.trees] {
                for node in model.nodes[tree.nodes] {
                    let block = features[node.feature].block
                    let words = SIMD8(model.subsets[node.subset..<node.subset + 8])
                    nodes.append(
                        Node(
                            columns: (block.x, block.x + block.width, block.x + 2 * block.width, block.x + 3 * block.width),
                            rows: (block.y, block.y + block.height, block.y + 2 * block.height, block.y + 3 * block.height),
                            subset: words, inverted: PatternSet { words[(255 - $0) >> 5] >> UInt32((255 - $0) & 31) & 1 == 1 },
                            left: Int32(node.left), right: Int32(node.right),
                            leaves: (model.leaves[tree.leaves.lowerBound], model.leaves[tree.leaves.lowerBound + 1])))
                    largestBlock = max(largestBlock, block.area)
                }
            }
            var compiled = Stage(nodes: IndexRange(first..<nodes.count), trees: IndexRange(stage.trees), threshold: Double(stage.threshold))
            let trees = model.trees[stage.trees]
            let leaves = model.leaves[trees.first!.leaves.lowerBound..<trees.last!.leaves.upperBound]
            compiled.dense = dense(compiled, leaves: leaves, largestBlock: largestBlock)
            stages.append(compiled)
        }
    }

    private mutating func dense(_ stage: Stage, leaves: ArraySlice<Float>, largestBlock: Int) -> Dense? {
        // A block's sum fits 16 bits up to 257 white pixels, 15 bits up to 128.
        guard isStumpBased, largestBlock <= 257 else { return nil }
        let stumps = nodes[stage.nodes.range].map(\.leaves)
        var dense = Dense(isWide: largestBlock > 128, accepted: PatternSet { _ in false }, partialSums: partialSums.count)
        if stumps.count <= 8 {
            let sums = Self.sums(stumps)
            dense.accepted = PatternSet { $0 < sums.count && !(sums[$0] < stage.threshold) }
            return dense
        }
        // Summed in groups: only where that is the same sum.
        guard sumsExactly(leaves) else { return nil }
        for first in stride(from: 0, to: stumps.count, by: 8) {
            let sums = Self.sums(Array(stumps[first..<min(first + 8, stumps.count)]))
            partialSums += sums + [Double](repeating: 0, count: 256 - sums.count)
        }
        return dense
    }

    /// The sum of at most 8 stumps' leaves in their order, by pattern: the last stump is bit 0, and a set bit takes the right leaf.
    private static func sums(_ stumps: [(Float, Float)]) -> [Double] {
        (0..<1 << stumps.count).map { pattern in
            var sum = 0.0
            for (index, leaves) in stumps.enumerated() {
                sum += Double(pattern >> (stumps.count - 1 - index) & 1 == 1 ? leaves.1 : leaves.0)
            }
            return sum
        }
    }
}
