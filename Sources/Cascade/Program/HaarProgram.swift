import Imaging

/// A Haar cascade rearranged for the fast search: features as corner sums, one comparison direction, leaves beside their nodes.
struct HaarProgram: Sendable {
    struct Stage: Sendable {
        /// In the file's order.
        var nodes: Range<Int>
        /// In the file's order.
        var trees: Range<Int>
        var threshold: Double
        /// What all windows of the dense search start with: the sum of the leaves taken when no comparison holds.
        var denseBase: Float
        /// A sum in Float further than this from the threshold is on the same side of it as the exact one.
        var margin: Float
        /// Whether the stage can be evaluated on blocks of windows.
        var isDense: Bool
    }

    /// How the leaves of a tree are reached in the dense search.
    enum Shape: Sendable {
        case stump
        /// Two nodes; the second is asked when the first one's comparison holds.
        case childBelow
        /// Two nodes; the second is asked when the first one's comparison does not hold.
        case childAbove
        case general
    }

    struct Tree: Sendable {
        var shape: Shape
        var nodes: Range<Int>
        var leaves: Range<Int>
        /// Two-node shapes: what the first and the second comparison add to the base.
        var gains: (Float, Float) = (0, 0)
    }

    /// Compares value x norm < threshold, always in this direction: a feature with negated weights has its sides exchanged.
    struct Node: Sendable {
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
    private(set) var nodes: [Node] = []
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
        for stage in model.stages {
            let firstNode = nodes.count
            for tree in model.trees[stage.trees] { append(tree, of: model) }
            stages.append(self.stage(stage, nodes: firstNode..<nodes.count))
        }
        needsTilted32 = nodes.contains { $0.plane == .tilted32 || ($0.plane == .float && features[$0.feature].isTilted) }
    }

    private mutating func append(_ tree: CascadeModel.Tree, of model: CascadeModel) {
        let first = nodes.count
        for node in model.nodes[tree.nodes] {
            let children = isStumpBased ? (0, -1) : (Int32(node.left), Int32(node.right))
            nodes.append(compiled(node, left: children.0, right: children.1))
        }
        var compiled = Tree(shape: .general, nodes: first..<nodes.count, leaves: tree.leaves)
        func leaf(_ child: Int32) -> Float { leaves[tree.leaves.lowerBound - Int(child)] }
        let root = nodes[first]
        if tree.nodes.count == 1 {
            compiled.shape = .stump
            compiled.gains.0 = leaf(root.below) - leaf(root.above)
        } else if tree.nodes.count == 2 {
            let child = nodes[first + 1]
            compiled.gains.1 = leaf(child.below) - leaf(child.above)
            if root.below == 1 {
                compiled.shape = .childBelow
                compiled.gains.0 = leaf(child.above) - leaf(root.above)
            } else {
                compiled.shape = .childAbove
                compiled.gains.0 = leaf(root.below) - leaf(child.above)
            }
        }
        trees.append(compiled)
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

    private func stage(_ stage: CascadeModel.Stage, nodes range: Range<Int>) -> Stage {
        let members = trees[stage.trees]
        var base: Float = 0
        var size: Float = abs(stage.threshold)
        for tree in members {
            func leaf(_ child: Int32) -> Float { leaves[tree.leaves.lowerBound - Int(child)] }
            switch tree.shape {
            case .stump, .childBelow: base += leaf(nodes[tree.nodes.lowerBound].above)
            case .childAbove: base += leaf(nodes[tree.nodes.lowerBound + 1].above)
            case .general: break
            }
            size += 3 * (leaves[tree.leaves].map { abs($0) }.max() ?? 0)
        }
        // At most six roundings a tree (its terms, their sum, the base), each of half an ulp of a partial sum below `size`.
        let margin = Float(3 * members.count + 4) * size * Float.ulpOfOne
        let isDense = !nodes[range].contains { $0.plane == .float } && members.allSatisfy { $0.nodes.count <= 8 } && margin.isFinite
        return Stage(
            nodes: range, trees: stage.trees, threshold: Double(stage.threshold), denseBase: base, margin: margin, isDense: isDense)
    }
}
