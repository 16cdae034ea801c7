/// An LBP program bound to a table layout.
///
/// Bounds: as for `forEachValue`; the grid of every feature lies inside its window (checked when the file is read).
final class BoundLBPProgram {
    /// A node with its 16 corners as entries from a window's place in the tables.
    struct Node {
        var rows: (Int32, Int32, Int32, Int32)
        var columns: (Int32, Int32, Int32, Int32)
        var subset: SIMD8<UInt32>
        var left: Float
        var right: Float
    }

    let program: LBPProgram
    let stages: UnsafePointer<LBPProgram.Stage>
    let stageCount: Int
    private let nodes: UnsafeMutablePointer<Node>
    private let isStumpBased: Bool
    private var layout: TableLayout?

    init(_ program: LBPProgram) {
        self.program = program
        nodes = .allocate(capacity: program.nodes.count)
        isStumpBased = program.isStumpBased
        stageCount = program.stages.count
        let stages = UnsafeMutablePointer<LBPProgram.Stage>.allocate(capacity: stageCount)
        stages.initialize(from: program.stages, count: stageCount)
        self.stages = UnsafePointer(stages)
    }

    deinit {
        nodes.deallocate()
        stages.deallocate()
    }

    func use(_ layout: TableLayout) {
        if self.layout == layout { return }
        self.layout = layout
        for (index, node) in program.nodes.enumerated() {
            func row(_ y: Int) -> Int32 { Int32(y * layout.stride) }
            func column(_ x: Int) -> Int32 { Int32(layout.place(x)) }
            (nodes + index).initialize(
                to: Node(
                    rows: (row(node.rows.0), row(node.rows.1), row(node.rows.2), row(node.rows.3)),
                    columns: (column(node.columns.0), column(node.columns.1), column(node.columns.2), column(node.columns.3)),
                    subset: node.subset, left: node.leaves.0, right: node.leaves.1))
        }
    }

    /// The stage's sums of 16 neighbouring windows in Float, each within the stage's margin of the exact one.
    func denseSums(_ stage: UnsafePointer<LBPProgram.Stage>, _ place: UnsafePointer<UInt16>) -> Lanes16 {
        let base = SIMD8<Float>(repeating: stage.pointee.denseBase)
        var sums = Lanes16(base, base)
        var node = UnsafePointer(nodes) + stage.pointee.nodes.lowerBound
        for _ in stage.pointee.nodes {
            let code = codes(node, UnsafeRawPointer(place))
            let gain = node.pointee.left - node.pointee.right
            sums.low += select(gain, membership(widened(code.lowHalf), in: node))
            sums.high += select(gain, membership(widened(code.highHalf), in: node))
            node += 1
        }
        return sums
    }

    /// The codes of 16 neighbouring windows.
    @inline(__always)
    private func codes(_ node: UnsafePointer<Node>, _ place: UnsafeRawPointer) -> SIMD16<UInt16> {
        typealias Lanes = SIMD16<UInt16>
        let (r, c) = (node.pointee.rows, node.pointee.columns)
        @inline(__always) func at(_ row: Int32, _ column: Int32) -> Lanes {
            (place + 2 * (Int(row) + Int(column))).loadUnaligned(as: Lanes.self)
        }
        /// The sums of a column of blocks from the differences of its two sides' entries.
        @inline(__always) func sides(_ column: Int32) -> (Lanes, Lanes, Lanes) {
            let a = at(r.0, column), b = at(r.1, column), d = at(r.2, column), e = at(r.3, column)
            return (b &- a, d &- b, e &- d)
        }
        let s0 = sides(c.0), s1 = sides(c.1), s2 = sides(c.2), s3 = sides(c.3)
        let centre = s2.1 &- s1.1
        var code = Lanes(repeating: 0)
        @inline(__always) func append(_ block: Lanes) {
            code = code &+ code &- unsafeBitCast(block .>= centre, to: Lanes.self)
        }
        append(s1.0 &- s0.0)
        append(s2.0 &- s1.0)
        append(s3.0 &- s2.0)
        append(s3.1 &- s2.1)
        append(s3.2 &- s2.2)
        append(s2.2 &- s1.2)
        append(s1.2 &- s0.2)
        append(s1.1 &- s0.1)
        return code
    }

    @inline(__always)
    private func widened(_ h: SIMD8<UInt16>) -> SIMD8<UInt32> {
        SIMD8(
            UInt32(h[0]), UInt32(h[1]), UInt32(h[2]), UInt32(h[3]), UInt32(h[4]), UInt32(h[5]), UInt32(h[6]), UInt32(h[7]))
    }

    /// Where the code's bit of the subset is set: the code's three high bits choose among its 8 words, in three halvings.
    @inline(__always)
    private func membership(_ code: SIMD8<UInt32>, in node: UnsafePointer<Node>) -> Mask8 {
        typealias Lanes = SIMD8<UInt32>
        let words = node.pointee.subset
        @inline(__always) func spread(_ bit: UInt32) -> Lanes {
            unsafeBitCast(unsafeBitCast(code &<< (31 &- bit), to: SIMD8<Int32>.self) &>> 31, to: Lanes.self)
        }
        @inline(__always) func choose(_ a: Lanes, _ b: Lanes, _ mask: Lanes) -> Lanes { a ^ ((a ^ b) & mask) }
        @inline(__always) func pair(_ i: Int, _ mask: Lanes) -> Lanes {
            Lanes(repeating: words[i]) ^ (Lanes(repeating: words[i] ^ words[i + 1]) & mask)
        }
        let (low, middle, high) = (spread(5), spread(6), spread(7))
        let word = choose(choose(pair(0, low), pair(2, low), middle), choose(pair(4, low), pair(6, low), middle), high)
        let bit = unsafeBitCast(word &>> (code & 31), to: SIMD8<Int32>.self)
        return 0 &- (bit & 1)
    }

    /// The stage's sum of one window, exactly as defined.
    func exactSum(_ stage: UnsafePointer<LBPProgram.Stage>, _ place: UnsafePointer<Int32>) -> Double {
        var sum = 0.0
        if isStumpBased {
            var node = UnsafePointer(nodes) + stage.pointee.nodes.lowerBound
            for _ in stage.pointee.nodes {
                sum += Double(goesLeft(node, place) ? node.pointee.left : node.pointee.right)
                node += 1
            }
            return sum
        }
        for tree in program.trees[stage.pointee.trees] {
            var index: Int32 = 0
            repeat {
                let at = tree.nodes.lowerBound + Int(index)
                index = goesLeft(UnsafePointer(nodes) + at, place) ? program.nodes[at].left : program.nodes[at].right
            } while index > 0
            sum += Double(program.leaves[tree.leaves.lowerBound - Int(index)])
        }
        return sum
    }

    @inline(__always)
    private func goesLeft(_ node: UnsafePointer<Node>, _ place: UnsafePointer<Int32>) -> Bool {
        let (r, c) = (node.pointee.rows, node.pointee.columns)
        @inline(__always) func sides(_ column: Int32) -> (Int32, Int32, Int32) {
            let p = place + Int(column)
            let a = p[Int(r.0)], b = p[Int(r.1)], d = p[Int(r.2)], e = p[Int(r.3)]
            return (b &- a, d &- b, e &- d)
        }
        let s0 = sides(c.0), s1 = sides(c.1), s2 = sides(c.2), s3 = sides(c.3)
        let centre = s2.1 &- s1.1
        @inline(__always) func bit(_ block: Int32, _ value: UInt32) -> UInt32 { block >= centre ? value : 0 }
        let word = bit(s1.0 &- s0.0, 4) | bit(s2.0 &- s1.0, 2) | bit(s3.0 &- s2.0, 1)
        let shift =
            bit(s3.1 &- s2.1, 16) | bit(s3.2 &- s2.2, 8) | bit(s2.2 &- s1.2, 4) | bit(s1.2 &- s0.2, 2) | bit(s1.1 &- s0.1, 1)
        return withUnsafeBytes(of: node.pointee.subset) { $0.load(fromByteOffset: 4 * Int(word), as: UInt32.self) } &>> shift & 1 == 1
    }
}
