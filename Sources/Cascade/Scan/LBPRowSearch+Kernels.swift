import Support

/// Searches rows of windows with an LBP cascade. One instance belongs to one thread, and reads the tables of its scanner.
final class LBPRowSearch: RowSearch {
    private let bound: BoundLBPProgram
    private let tables: StripeTables
    private var frame = RowFrame()
    private(set) var findings = MemberFindings()

    /// 16 windows of a row, of which some are left.
    private struct Block: BitwiseCopyable {
        var index: Int32
        var alive: UInt32
    }
    private let memory: KernelMemory<Block>
    private let blocks: UnsafeMutablePointer<Block>

    init(_ program: LBPProgram, _ tables: StripeTables) {
        bound = BoundLBPProgram(program)
        self.tables = tables
        memory = KernelMemory(capacity: tables.maximumWidth / 16 + 1)
        blocks = memory.start
    }

    func start(_ marks: MarkPlanes) { findings = MemberFindings(marks: marks) }

    func begin(_ frame: RowFrame) {
        self.frame = frame
        bound.use(frame.layout, origin: frame.origin)
    }

    func finish() {}

    /// Takes the windows of a row through the stages, all blocks of 16 through one stage before the next: which blocks are left is
    /// a list without branches, and a stage's nodes stay close by.
    func search(row: Int, blocks range: Range<Int>, norms: UnsafePointer<Float>?, _ allowed: UnsafePointer<UInt16>?, skipsFirst: inout Bool)
    {
        let first = row * tables.layout.stride
        var left = 0
        for turn in 0..<range.count {
            let index = frame.isMirrored ? range.upperBound - 1 - turn : range.lowerBound + turn
            let mayPass = allowed.map { UInt32($0[index]) } ?? 0xFFFF
            if frame.isGated && mayPass == 0 { continue }
            var candidates: UInt32 = frame.count - 16 * index >= 16 ? 0xFFFF : (1 << UInt32(frame.count - 16 * index)) - 1
            if frame.isGated { candidates &= mayPass }
            let rejected = self.rejected(bound.stages, among: candidates, first + 16 * index)
            var alive = candidates & ~rejected
            if !frame.isGated {
                alive =
                    frame.isMirrored
                    ? visitedBackwards(&skipsFirst, rejected: rejected, candidates: alive)
                    : visited(&skipsFirst, rejected: rejected, candidates: alive)
                alive &= mayPass
            }
            blocks[left] = Block(index: Int32(index), alive: alive)
            left += alive != 0 ? 1 : 0
        }
        mark(left, 1, row)
        for index in 1..<max(bound.stageCount, 1) where left > 0 {
            let stage = bound.stages + index
            let candidates = left
            left = 0
            for i in 0..<candidates {
                var block = blocks[i]
                block.alive &= ~rejected(stage, among: block.alive, first + 16 * Int(block.index))
                blocks[left] = block
                left += block.alive != 0 ? 1 : 0
            }
            mark(left, index + 1, row)
        }
        for i in 0..<left {
            var alive = blocks[i].alive
            while alive != 0 {
                let window = 16 * Int(blocks[i].index) + alive.trailingZeroBitCount
                alive &= alive - 1
                let weight = bound.exactSum(bound.stages + bound.stageCount - 1, tables.sums32 + first + window)
                findings.hits.append(WindowHit(x: frame.x(window), y: tables.top + row, weight: weight))
            }
        }
    }

    @inline(__always)
    private func mark(_ left: Int, _ stage: Int, _ row: Int) {
        guard findings.marks.stages &>> UInt64(stage) & 1 == 1 else { return }
        for i in 0..<left {
            findings.marks.add(blocks[i].alive, passed: stage, y: tables.top + row, block: frame.firstBlock + Int(blocks[i].index))
        }
    }

    /// Which of `windows` the stage rejects.
    @inline(__always)
    private func rejected(_ stage: UnsafePointer<LBPProgram.Stage>, among windows: UInt32, _ entry: Int) -> UInt32 {
        if let dense = stage.pointee.dense { return bound.rejected(stage, dense, among: windows, tables.sums16 + entry) }
        var rejected: UInt32 = 0
        var left = windows
        while left != 0 {
            let lane = left.trailingZeroBitCount
            left &= left - 1
            if bound.exactSum(stage, tables.sums32 + entry + lane) < stage.pointee.threshold { rejected |= 1 << UInt32(lane) }
        }
        return rejected
    }
}
