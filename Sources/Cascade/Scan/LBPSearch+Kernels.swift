import Imaging

/// Searches rows of windows of one layer after another with an LBP cascade. One instance belongs to one thread.
final class LBPSearch: LayerSearch {
    private let bound: BoundLBPProgram
    private let tables: StripeTables

    /// 16 windows of a row, of which some are left.
    private struct Block {
        var first: Int32
        var alive: UInt32
    }
    private let blocks: UnsafeMutablePointer<Block>

    /// - Parameter width: of the widest layer.
    init(_ program: LBPProgram, width: Int) {
        bound = BoundLBPProgram(program)
        tables = StripeTables(width: width, rowCapacity: program.window.height + 66, squares: false, tilted16: false, tilted32: false)
        blocks = .allocate(capacity: width / 16 + 1)
    }

    deinit { blocks.deallocate() }

    func hits(in layer: ScalePlan.Layer, rows: Range<Int>, of source: LayerSource, _ watch: SearchWatch) -> [WindowHit] {
        guard layer.columns > 0, !rows.isEmpty else { return [] }
        let layout = TableLayout(isSplit: layer.step == 2, columns: layer.size.width + 1)
        tables.begin(width: layer.size.width, layout: layout, top: rows.lowerBound)
        bound.use(layout)
        let count = (layer.columns + layer.step - 1) / layer.step
        var allowed = [Bool](repeating: true, count: count)
        let height = bound.program.window.height
        var hits: [WindowHit] = []
        var counted = 0
        for y in stride(from: rows.lowerBound, to: rows.upperBound, by: layer.step) {
            if watch.hasEnded(newHits: hits.count - counted) { return [] }
            counted = hits.count
            if y - tables.top + height > tables.rowCapacity { tables.advance(to: y) }
            while tables.filled < y - tables.top + height {
                source.write(row: tables.top + tables.filled, to: tables.nextRow)
                tables.addRow()
            }
            guard watch.allows(row: y, in: layer, &allowed) else { continue }
            searchRow(y - tables.top, count, watch.hasMask ? allowed : nil) { hits.append(WindowHit(x: $0 * layer.step, y: y, weight: $1)) }
        }
        return watch.hasEnded(newHits: hits.count - counted) ? [] : hits
    }

    /// Takes the windows of a row through the stages, all blocks of 16 through one stage before the next: which blocks are left is
    /// a list without branches, and a stage's nodes stay close by.
    private func searchRow(_ row: Int, _ count: Int, _ allowed: [Bool]?, _ found: (Int, Double) -> Void) {
        let first = row * tables.layout.stride
        var left = 0
        var skipsFirst = false
        for block in stride(from: 0, to: count, by: 16) {
            let all: UInt32 = count - block >= 16 ? 0xFFFF : (1 << UInt32(count - block)) - 1
            let rejected = self.rejected(bound.stages, among: all, first + block)
            var alive = visited(&skipsFirst, rejected: rejected, candidates: all & ~rejected)
            if let allowed { alive &= laneBits(allowed, from: block) }
            blocks[left] = Block(first: Int32(block), alive: alive)
            left += alive != 0 ? 1 : 0
        }
        for index in 1..<max(bound.stageCount, 1) where left > 0 {
            let stage = bound.stages + index
            let candidates = left
            left = 0
            for i in 0..<candidates {
                var block = blocks[i]
                block.alive &= ~rejected(stage, among: block.alive, first + Int(block.first))
                blocks[left] = block
                left += block.alive != 0 ? 1 : 0
            }
        }
        for i in 0..<left {
            var alive = blocks[i].alive
            while alive != 0 {
                let window = Int(blocks[i].first) + alive.trailingZeroBitCount
                alive &= alive - 1
                found(window, bound.exactSum(bound.stages + bound.stageCount - 1, tables.sums32 + first + window))
            }
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
