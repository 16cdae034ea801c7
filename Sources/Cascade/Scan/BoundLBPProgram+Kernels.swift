import Support

/// An LBP program bound to a table layout.
///
/// Bounds: as for `forEachValue`; the grid of every feature lies inside its window (checked when the file is read).
final class BoundLBPProgram {
    /// A node with its 16 corners as entries from a window's place in the tables.
    struct Node {
        var rows: (Int32, Int32, Int32, Int32)
        var columns: (Int32, Int32, Int32, Int32)
        var inverted: PatternSet
        var subset: SIMD8<UInt32>
        var left: Float
        var right: Float
    }

    let program: LBPProgram
    private let memory: Memory
    let stages: UnsafePointer<LBPProgram.Stage>
    let stageCount: Int
    private let nodes: UnsafeMutablePointer<Node>
    private let isStumpBased: Bool
    private var layout: TableLayout?
    private var origin = 0
    /// The patterns of 16 windows for every 8 nodes of a stage.
    private let patterns: UnsafeMutablePointer<SIMD16<UInt8>>
    /// See `PatternSet.lacks`.
    private let zero: UnsafeMutablePointer<SIMD16<UInt8>>

    private struct Memory: ~Copyable {
        let stages: KernelMemory<LBPProgram.Stage>
        let nodes: KernelMemory<Node>
        let patterns: KernelMemory<SIMD16<UInt8>>
        let zero: KernelMemory<SIMD16<UInt8>>
    }

    init(_ program: LBPProgram) {
        self.program = program
        isStumpBased = program.isStumpBased
        stageCount = program.stages.count
        memory = Memory(
            stages: KernelMemory(program.stages), nodes: KernelMemory(capacity: program.nodes.count),
            patterns: KernelMemory(capacity: (program.stages.map(\.nodes.count).max() ?? 0) / 8 + 1),
            zero: KernelMemory(repeating: SIMD16(repeating: 0), count: 1))
        stages = UnsafePointer(memory.stages.start)
        nodes = memory.nodes.start
        patterns = memory.patterns.start
        zero = memory.zero.start
    }

    func use(_ layout: TableLayout, origin: Int) {
        if self.layout == layout && self.origin == origin { return }
        self.layout = layout
        self.origin = origin
        for (index, node) in program.nodes.enumerated() {
            func row(_ y: Int) -> Int32 { Int32(y * layout.stride) }
            func column(_ x: Int) -> Int32 { Int32(layout.place(x + origin)) }
            (nodes + index).initialize(
                to: Node(
                    rows: (row(node.rows.0), row(node.rows.1), row(node.rows.2), row(node.rows.3)),
                    columns: (column(node.columns.0), column(node.columns.1), column(node.columns.2), column(node.columns.3)),
                    inverted: node.inverted, subset: node.subset, left: node.leaves.0, right: node.leaves.1))
        }
    }

    /// Which of 16 neighbouring windows a dense stage rejects, among `windows`.
    @inline(__always)
    func rejected(
        _ stage: UnsafePointer<LBPProgram.Stage>, _ dense: LBPProgram.Dense, among windows: UInt32, _ place: UnsafePointer<UInt16>
    )
        -> UInt32
    {
        let count = stage.pointee.nodes.count
        let first = UnsafePointer(nodes) + stage.pointee.nodes.lowerBound
        if count <= 8 {
            return bitMask(dense.accepted.lacks(pattern(first, count, isWide: dense.isWide, place), zero: zero.pointee)) & windows
        }
        for group in 0..<(count + 7) / 8 {
            patterns[group] = pattern(first + 8 * group, min(count - 8 * group, 8), isWide: dense.isWide, place)
        }
        return rejectedBySums(count, dense.partialSums, stage.pointee.threshold, among: windows)
    }

    private func rejectedBySums(_ count: Int, _ firstSums: Int, _ threshold: Double, among windows: UInt32) -> UInt32 {
        let bytes = UnsafeRawPointer(patterns).assumingMemoryBound(to: UInt8.self)
        return program.partialSums.withUnsafeBufferPointer { sums in
            var rejected: UInt32 = 0
            var left = windows
            while left != 0 {
                let lane = left.trailingZeroBitCount
                left &= left - 1
                var sum = 0.0
                for group in 0..<(count + 7) / 8 { sum += sums[firstSums + 256 * group + Int(bytes[16 * group + lane])] }
                if sum < threshold { rejected |= 1 << UInt32(lane) }
            }
            return rejected
        }
    }

    /// For each of 16 neighbouring windows, one bit for each of `count` nodes that sends it right, the last as bit 0.
    @inline(__always)
    private func pattern(_ first: UnsafePointer<Node>, _ count: Int, isWide: Bool, _ place: UnsafePointer<UInt16>) -> SIMD16<UInt8> {
        isWide ? pattern(first, count, bias: .min, place) : pattern(first, count, bias: 0, place)
    }

    @inline(__always)
    private func pattern(_ first: UnsafePointer<Node>, _ count: Int, bias: Int16, _ place: UnsafePointer<UInt16>) -> SIMD16<UInt8> {
        let zero = self.zero.pointee
        var pattern = SIMD16<UInt8>(repeating: 0)
        for node in first..<first + count {
            let codes = invertedCodes(node, bias: bias, UnsafeRawPointer(place))
            pattern = pattern &+ pattern &- node.pointee.inverted.lacks(codes, zero: zero)
        }
        return pattern
    }

    /// The codes of 16 neighbouring windows, with all bits inverted: set where a block is darker than the centre.
    /// - Parameter bias: 0 where sums are below 2^15, else -2^15: it moves unsigned sums to the signed range.
    @inline(__always)
    private func invertedCodes(_ node: UnsafePointer<Node>, bias: Int16, _ place: UnsafeRawPointer) -> SIMD16<UInt8> {
        typealias Lanes = SIMD16<Int16>
        let (r, c) = (node.pointee.rows, node.pointee.columns)
        let (p0, p1, p2, p3) = (place + 2 * Int(r.0), place + 2 * Int(r.1), place + 2 * Int(r.2), place + 2 * Int(r.3))
        @inline(__always) func load(_ row: UnsafeRawPointer, _ column: Int32) -> Lanes {
            row.loadUnaligned(fromByteOffset: 2 * Int(column), as: Lanes.self)
        }
        /// The sums of a column of blocks from the differences of its two sides' entries; each block takes one biased side.
        @inline(__always) func sides(_ column: Int32, _ bias: Int16) -> (Lanes, Lanes, Lanes) {
            let a = load(p0, column), b = load(p1, column), d = load(p2, column), e = load(p3, column)
            if bias == 0 { return (b &- a, d &- b, e &- d) }
            let shift = Lanes(repeating: bias)
            return (b &- a &+ shift, d &- b &+ shift, e &- d &+ shift)
        }
        let s0 = sides(c.0, 0), s1 = sides(c.1, bias), s2 = sides(c.2, 0), s3 = sides(c.3, bias)
        let centre = s2.1 &- s1.1
        var code = Lanes(repeating: 0)
        @inline(__always) func append(_ block: Lanes) {
            code = code &+ code &- unsafeBitCast(block .< centre, to: Lanes.self)
        }
        append(s1.0 &- s0.0)
        append(s2.0 &- s1.0)
        append(s3.0 &- s2.0)
        append(s3.1 &- s2.1)
        append(s3.2 &- s2.2)
        append(s2.2 &- s1.2)
        append(s1.2 &- s0.2)
        append(s1.1 &- s0.1)
        return lowBytes(code)
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
        for tree in program.trees[stage.pointee.trees.range] {
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
