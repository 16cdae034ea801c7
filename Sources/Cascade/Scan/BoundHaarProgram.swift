/// A node of a Haar program with its corners as byte distances from a window's place in a table of known layout.
struct BoundNode {
    var rows: (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
    var columns: (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
    var threshold: Float
    /// Leaf values of a stump: when the comparison holds, and when not.
    var belowLeaf: Float = 0
    var aboveLeaf: Float = 0
    var plane: HaarProgram.Plane
    var layout: CornerLayout
}

/// A corner of a feature of no usual layout.
struct BoundCorner {
    var offset: Int32
    var weight: Int32
}

/// The nodes of a program bound to a table layout, stage by stage as they are first reached: the late stages hold most of the
/// nodes, and few windows get there.
final class BoundHaarProgram {
    let program: HaarProgram
    let nodes: UnsafeMutablePointer<BoundNode>
    let corners: UnsafeMutablePointer<BoundCorner>
    private(set) var layout: TableLayout?
    private var isBound: [Bool]

    init(_ program: HaarProgram) {
        self.program = program
        nodes = .allocate(capacity: program.nodes.count)
        corners = .allocate(capacity: max(program.corners.count, 1))
        isBound = Array(repeating: false, count: program.stages.count)
    }

    deinit {
        nodes.deallocate()
        corners.deallocate()
    }

    /// Forgets what was bound to another layout.
    func use(_ layout: TableLayout) {
        if self.layout == layout { return }
        self.layout = layout
        for i in isBound.indices { isBound[i] = false }
    }

    @inline(__always)
    func prepare(_ stage: Int) {
        if !isBound[stage] { bind(stage) }
    }

    private func bind(_ stage: Int) {
        guard let layout else { preconditionFailure("bound without a layout") }
        isBound[stage] = true
        for tree in program.trees[program.stages[stage].trees] {
            for index in tree.nodes {
                let node = program.nodes[index]
                var bound = BoundNode(threshold: node.threshold, plane: node.plane, layout: node.layout)
                if tree.shape == .stump {
                    bound.belowLeaf = program.leaves[tree.leaves.lowerBound - Int(node.below)]
                    bound.aboveLeaf = program.leaves[tree.leaves.lowerBound - Int(node.above)]
                }
                let bytes = node.plane == .upright16 || node.plane == .tilted16 ? 2 : 4
                func row(_ y: UInt16) -> Int32 { Int32(bytes * Int(y) * layout.stride) }
                func column(_ x: UInt16) -> Int32 { Int32(bytes * layout.place(Int(x))) }
                bound.rows = (row(node.rows.0), row(node.rows.1), row(node.rows.2), row(node.rows.3))
                bound.columns = (column(node.columns.0), column(node.columns.1), column(node.columns.2), column(node.columns.3))
                if node.layout == .other {
                    bound.rows.0 = Int32(node.corners.lowerBound)
                    bound.rows.1 = Int32(node.corners.count)
                    for c in node.corners {
                        let corner = program.corners[c]
                        let place = corner.y * layout.stride + layout.place(corner.x)
                        (corners + c).initialize(to: BoundCorner(offset: Int32(bytes * place), weight: Int32(corner.weight)))
                    }
                }
                (nodes + index).initialize(to: bound)
            }
        }
    }
}

/// Where a window (or the first of 16) lies in each table.
struct TablePlace {
    var upright16: UnsafeRawPointer
    var upright32: UnsafeRawPointer
    var tilted16: UnsafeRawPointer
    var tilted32: UnsafeRawPointer

    @inline(__always)
    init(_ tables: StripeTables, row: Int, column: Int) {
        let at = row * tables.layout.stride + column
        upright16 = UnsafeRawPointer(tables.sums16 + at)
        upright32 = UnsafeRawPointer(tables.sums32 + at)
        tilted16 = tables.needsTilted16 ? UnsafeRawPointer(tables.tilted16 + at) : upright16
        tilted32 = tables.needsTilted16 || tables.needsTilted32 ? UnsafeRawPointer(tables.tilted32 + at) : upright32
    }

    /// The place `lane` windows further.
    @inline(__always)
    func advanced(by lane: Int) -> TablePlace {
        var place = self
        place.upright16 += 2 * lane
        place.upright32 += 4 * lane
        place.tilted16 += 2 * lane
        place.tilted32 += 4 * lane
        return place
    }
}
