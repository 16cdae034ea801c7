import Imaging

/// A Haar cascade rearranged for the fast search: features as corner sums, one comparison direction, leaves beside their nodes.
struct HaarProgram: Sendable {
    struct Stage: Sendable {
        var nodes: IndexRange
        var trees: IndexRange
        /// The nodes in runs of equal plane and layout, one after the other.
        var runs: IndexRange
        var threshold: Double
        /// What all windows of the dense search start with: the sum of the leaves taken when no comparison holds.
        var denseBase: Float
        /// A sum in Float further than this from the threshold is on the same side of it as the exact one.
        var margin: Float
        /// Whether the stage can be evaluated on blocks of windows.
        var isDense: Bool
        /// Whether its sums do not depend on the order of addition.
        var sumsExactly: Bool
    }

    /// Nodes that are evaluated by the same code.
    struct Run: Sendable {
        var plane: Plane
        var layout: CornerLayout
        var nodes: IndexRange
    }

    /// How the leaves of a tree are reached in the dense search.
    enum Shape: UInt8, Sendable {
        case stump
        /// Two nodes; the second is evaluated when the first one's comparison holds.
        case childBelow
        /// Two nodes; the second is evaluated when the first one's comparison does not hold.
        case childAbove
        case general
    }

    struct Tree: Sendable {
        var shape: Shape
        /// Slots of the stage.
        var nodes: IndexRange
        var leaves: IndexRange
        /// One or two nodes: what the first and the second comparison add to the base.
        var gains: (Float, Float) = (0, 0)
        /// One or two nodes: the leaf by the comparisons, the first as bit 0, the second as bit 1.
        var leafByComparisons: (Float, Float, Float, Float) = (0, 0, 0, 0)
    }

    /// Compares value x norm < threshold, always in this direction: a feature with negated weights has its sides exchanged.
    struct Node: Sendable {
        /// Its place among the nodes of its stage in the file's order.
        var slot: Int32 = 0
        var plane: Plane
        var layout: CornerLayout
        var rows: (UInt16, UInt16, UInt16, UInt16) = (0, 0, 0, 0)
        var columns: (UInt16, UInt16, UInt16, UInt16) = (0, 0, 0, 0)
        /// Of layout `.other`: which `corners`.
        var corners: Range<Int> = 0..<0
        /// Of plane `.float`: which feature of the model.
        var feature: Int
        var threshold: Float
        /// Where to go when the comparison holds, and when not: a child's number above 0, or a leaf's negated.
        var below: Int32
        var above: Int32
    }

    /// Which table a feature is read from, and in which arithmetic.
    enum Plane: UInt8, Sendable {
        case upright16, upright32, tilted16, tilted32, float
    }

    let window: Size
    private(set) var stages: [Stage] = []
    private(set) var trees: [Tree] = []
    /// In the order of evaluation: by stage, then by run.
    private(set) var nodes: [Node] = []
    private(set) var runs: [Run] = []
    /// By stage, then in the file's order: where the node's comparison leads.
    private(set) var children: [(below: Int32, above: Int32)] = []
    private(set) var corners: [CornerSum.Corner] = []
    let leaves: [Float]
    let features: [HaarFeature]
    let isStumpBased: Bool
    let hasTilted: Bool
    /// Whether any node reads the 32-bit table of tilted sums.
    private(set) var needsTilted32 = false
    let norm: WindowNorm

    init(_ model: CascadeModel, _ features: [HaarFeature]) {
        window = model.window
        leaves = model.leaves
        isStumpBased = model.isStumpBased
        hasTilted = model.hasTiltedFeatures
        norm = WindowNorm(window: model.window)
        self.features = features
        nodes.reserveCapacity(model.nodes.count)
        for stage in model.stages { append(stage, of: model) }
        needsTilted32 = nodes.contains { $0.plane == .tilted32 || ($0.plane == .float && features[$0.feature].isTilted) }
    }

    private mutating func append(_ stage: CascadeModel.Stage, of model: CascadeModel) {
        let firstNode = nodes.count, firstRun = runs.count, firstTree = trees.count
        var members: [Node] = []
        for tree in model.trees[stage.trees] {
            let first = members.count
            for node in model.nodes[tree.nodes] {
                let children = isStumpBased ? (0, -1) : (Int32(node.left), Int32(node.right))
                members.append(compiled(node, left: children.0, right: children.1))
                members[members.count - 1].slot = Int32(members.count - 1)
            }
            trees.append(self.tree(Array(members[first...]), slot: first, leaves: tree.leaves))
        }
        let range = firstNode..<firstNode + members.count
        stages.append(self.stage(stage, members, nodes: range, trees: firstTree..<trees.count))
        children += members.map { ($0.below, $0.above) }
        // Stump stages add leaves as they go, in this order: only where the order does not matter to the sum.
        if !isStumpBased || stages[stages.count - 1].sumsExactly {
            members.sort { ($0.plane.rawValue, $0.layout.rawValue, $0.slot) < ($1.plane.rawValue, $1.layout.rawValue, $1.slot) }
        }
        for node in members {
            if runs.count > firstRun, let last = runs.last, last.plane == node.plane, last.layout == node.layout {
                runs[runs.count - 1].nodes = IndexRange(last.nodes.lowerBound..<nodes.count + 1)
            } else {
                runs.append(Run(plane: node.plane, layout: node.layout, nodes: IndexRange(nodes.count..<nodes.count + 1)))
            }
            nodes.append(node)
        }
        stages[stages.count - 1].runs = IndexRange(firstRun..<runs.count)
    }

    private func tree(_ nodes: [Node], slot: Int, leaves: Range<Int>) -> Tree {
        var tree = Tree(shape: .general, nodes: IndexRange(slot..<slot + nodes.count), leaves: IndexRange(leaves))
        func leaf(_ child: Int32) -> Float { self.leaves[leaves.lowerBound - Int(child)] }
        let root = nodes[0]
        if nodes.count == 1 {
            tree.shape = .stump
            let (below, above) = (leaf(root.below), leaf(root.above))
            tree.gains.0 = below - above
            tree.leafByComparisons = (above, below, above, below)
        } else if nodes.count == 2 {
            let (below, above) = (leaf(nodes[1].below), leaf(nodes[1].above))
            tree.gains.1 = below - above
            if root.below == 1 {
                tree.shape = .childBelow
                let other = leaf(root.above)
                tree.gains.0 = above - other
                tree.leafByComparisons = (other, above, other, below)
            } else {
                tree.shape = .childAbove
                let other = leaf(root.below)
                tree.gains.0 = other - above
                tree.leafByComparisons = (above, other, below, other)
            }
        }
        return tree
    }

    private mutating func compiled(_ node: CascadeModel.Node, left: Int32, right: Int32) -> Node {
        let feature = features[node.feature]
        var compiled = Node(
            plane: .float, layout: .other, feature: node.feature, threshold: node.threshold, below: left, above: right)
        guard let sum = CornerSum(feature) else { return compiled }
        compiled.plane =
            sum.fitsInt16 ? (sum.isTilted ? .tilted16 : .upright16) : (sum.isTilted ? .tilted32 : .upright32)
        let layout = sum.layout()
        compiled.layout = layout.layout
        if layout.layout == .other {
            compiled.corners = corners.count..<corners.count + sum.corners.count
            corners += sum.corners
            return compiled
        }
        func four(_ places: [Int]) -> (UInt16, UInt16, UInt16, UInt16) {
            func place(_ i: Int) -> UInt16 { UInt16(i < places.count ? places[i] : 0) }
            return (place(0), place(1), place(2), place(3))
        }
        compiled.rows = four(layout.rows)
        compiled.columns = four(layout.columns)
        if layout.isNegated {
            // value < t  <=>  -value > -t  <=>  not (-value < the next Float above -t)
            compiled.threshold = (-node.threshold).nextUp
            (compiled.below, compiled.above) = (right, left)
        }
        return compiled
    }

    private func stage(_ stage: CascadeModel.Stage, _ members: [Node], nodes: Range<Int>, trees range: Range<Int>) -> Stage {
        let trees = self.trees[range]
        var base: Float = 0
        var size = abs(stage.threshold)
        for tree in trees {
            if tree.shape != .general { base += tree.leafByComparisons.0 }
            size += (leaves[tree.leaves.range].map { abs($0) }.max() ?? 0)
        }
        let margin = denseMargin(trees: trees.count, roundings: isStumpBased ? 2 : 3, size: size)
        let isDense =
            !members.contains { $0.plane == .float } && trees.allSatisfy { $0.nodes.count <= 8 } && members.count <= Self.mostDenseNodes
            && margin.isFinite
        return Stage(
            nodes: IndexRange(nodes), trees: IndexRange(range), runs: IndexRange(0..<0), threshold: Double(stage.threshold),
            denseBase: base, margin: margin,
            isDense: isDense, sumsExactly: sumsExactly(leaves[trees.first!.leaves.lowerBound..<trees.last!.leaves.upperBound]))
    }

    /// Stages of more nodes than this are left to the search of single windows.
    static let mostDenseNodes = 1024
}

/// Whether the leaves of a stage sum to the same Double in any order and grouping: when all are multiples of one power of two
/// and no sum reaches 2^53 times that, nothing is ever rounded.
func sumsExactly(_ leaves: ArraySlice<Float>) -> Bool {
    let unit = leaves.lazy.filter { $0 != 0 }.map { Double($0.ulp) }.min() ?? 1
    return leaves.reduce(0) { $0 + abs(Double($1)) } < unit * 0x1p52
}

/// How far a stage's sum in Float can be from the exact one.
///
/// No partial sum exceeds `size`, the sum over the trees of their largest leaf (and the threshold). A stump rounds twice, when its
/// leaf is added to the base and when its gain is added to the sum; a tree of two nodes three times. Each rounding is at most
/// half an ulp. The gains are differences of leaves, rounded once, and combined in at most six more terms, which together are
/// less than 16 sizes.
func denseMargin(trees: Int, roundings: Int, size: Float) -> Float {
    Float(roundings * trees + (roundings == 2 ? 4 : 18)) * size * (Float.ulpOfOne / 2)
}
