import Support

/// A node of a Haar program with its corners as byte distances from a window's place in a table of known layout.
struct BoundNode {
    var rows: (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
    var columns: (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
    var threshold: Float
    /// Stumps: the leaf when the comparison holds, the leaf when not, and their difference.
    var below: Float = 0
    var above: Float = 0
    var gain: Float = 0
    var slot: Int32
}

/// A corner of a feature of no usual layout.
struct BoundCorner {
    var offset: Int32
    var weight: Int32
}

/// What the dense search needs of a tree, in 20 bytes; a stage's trees are sorted by shape.
struct DenseTree {
    var shape: HaarProgram.Shape
    /// Of its first node.
    var slot: Int32
    var gain: Float
    var more: Float
    /// Which of `trees`.
    var tree: Int32
}

/// The nodes of a program bound to a table layout, stage by stage as they are first reached: the late stages hold most of the
/// nodes, and few windows get there.
///
/// Everything stands in plain memory, owned by this object, so that the inner loops do no reference counting.
final class BoundHaarProgram {
    let program: HaarProgram
    private let memory: Memory
    let stages: UnsafeMutablePointer<HaarProgram.Stage>
    let runs: UnsafeMutablePointer<HaarProgram.Run>
    let trees: UnsafeMutablePointer<HaarProgram.Tree>
    let denseTrees: UnsafeMutablePointer<DenseTree>
    let nodes: UnsafeMutablePointer<BoundNode>
    let corners: UnsafeMutablePointer<BoundCorner>
    /// By slot: the outcome of a stage's comparisons for one window, and for 16.
    let outcomes: UnsafeMutablePointer<UInt8>
    let masks: UnsafeMutablePointer<Mask16>
    let isStumpBased: Bool
    let stageCount: Int
    private(set) var layout: TableLayout?
    /// Columns between the tables' first and the first window.
    private(set) var origin = 0
    private let isBound: UnsafeMutablePointer<Bool>

    private struct Memory: ~Copyable {
        let stages: KernelMemory<HaarProgram.Stage>
        let runs: KernelMemory<HaarProgram.Run>
        let trees: KernelMemory<HaarProgram.Tree>
        let denseTrees: KernelMemory<DenseTree>
        let nodes: KernelMemory<BoundNode>
        let corners: KernelMemory<BoundCorner>
        let outcomes: KernelMemory<UInt8>
        let masks: KernelMemory<Mask16>
        let isBound: KernelMemory<Bool>
    }

    init(_ program: HaarProgram) {
        self.program = program
        isStumpBased = program.isStumpBased
        stageCount = program.stages.count
        let slots = program.stages.map(\.nodes.count).max() ?? 0
        memory = Memory(
            stages: KernelMemory(program.stages), runs: KernelMemory(program.runs), trees: KernelMemory(program.trees),
            denseTrees: KernelMemory(Self.denseTrees(program)), nodes: KernelMemory(capacity: program.nodes.count),
            corners: KernelMemory(capacity: max(program.corners.count, 1)), outcomes: KernelMemory(capacity: slots),
            masks: KernelMemory(capacity: min(slots, HaarProgram.mostDenseNodes)),
            isBound: KernelMemory(repeating: false, count: program.stages.count))
        (stages, runs, trees, denseTrees) = (memory.stages.start, memory.runs.start, memory.trees.start, memory.denseTrees.start)
        (nodes, corners, outcomes, masks) = (memory.nodes.start, memory.corners.start, memory.outcomes.start, memory.masks.start)
        isBound = memory.isBound.start
    }

    /// A stage's trees, sorted by shape.
    private static func denseTrees(_ program: HaarProgram) -> [DenseTree] {
        program.stages.flatMap { stage in
            stage.trees.map { index -> DenseTree in
                let tree = program.trees[index]
                return DenseTree(
                    shape: tree.shape, slot: Int32(tree.nodes.lowerBound), gain: tree.gains.0, more: tree.gains.1, tree: Int32(index))
            }.sorted { ($0.shape.rawValue, $0.tree) < ($1.shape.rawValue, $1.tree) }
        }
    }

    /// Forgets what was bound to another layout.
    func use(_ layout: TableLayout, origin: Int) {
        if self.layout == layout && self.origin == origin { return }
        self.layout = layout
        self.origin = origin
        for i in 0..<stageCount { isBound[i] = false }
    }

    @inline(__always)
    func prepare(_ stage: Int) {
        if !isBound[stage] { bind(stage) }
    }

    @inline(never)
    private func bind(_ stage: Int) {
        guard let layout else { preconditionFailure("bound without a layout") }
        isBound[stage] = true
        for index in program.stages[stage].nodes {
            let node = program.nodes[index]
            var bound = BoundNode(threshold: node.threshold, slot: node.slot)
            if isStumpBased {
                let tree = program.trees[program.stages[stage].trees.lowerBound + Int(node.slot)]
                (bound.above, bound.below) = (tree.leafByComparisons.0, tree.leafByComparisons.1)
                bound.gain = tree.gains.0
            }
            let bytes = node.plane == .upright16 || node.plane == .tilted16 ? 2 : 4
            func row(_ y: UInt16) -> Int32 { Int32(bytes * Int(y) * layout.stride) }
            func column(_ x: UInt16) -> Int32 { Int32(bytes * layout.place(Int(x) + origin)) }
            bound.rows = (row(node.rows.0), row(node.rows.1), row(node.rows.2), row(node.rows.3))
            bound.columns = (column(node.columns.0), column(node.columns.1), column(node.columns.2), column(node.columns.3))
            if node.layout == .other {
                bound.rows.0 = Int32(node.corners.lowerBound)
                bound.rows.1 = Int32(node.corners.count)
                for c in node.corners {
                    let corner = program.corners[c]
                    let place = corner.y * layout.stride + layout.place(corner.x + origin)
                    (corners + c).initialize(to: BoundCorner(offset: Int32(bytes * place), weight: Int32(corner.weight)))
                }
            }
            (nodes + index).initialize(to: bound)
        }
    }
}
