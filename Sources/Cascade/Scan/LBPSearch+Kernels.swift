import Imaging

/// Searches rows of windows of one layer after another with an LBP cascade. One instance belongs to one thread.
final class LBPSearch: LayerSearch {
    private let bound: BoundLBPProgram
    private let tables: StripeTables

    /// - Parameter width: of the widest layer.
    init(_ program: LBPProgram, width: Int) {
        bound = BoundLBPProgram(program)
        tables = StripeTables(width: width, rowCapacity: program.window.height + 66, squares: false, tilted16: false, tilted32: false)
    }

    func hits(in layer: ScalePlan.Layer, rows: Range<Int>, of source: LayerSource, _ watch: SearchWatch) -> [WindowHit] {
        guard layer.columns > 0, !rows.isEmpty else { return [] }
        let layout = TableLayout(isSplit: layer.step == 2, columns: layer.size.width + 1)
        tables.begin(width: layer.size.width, layout: layout, top: rows.lowerBound)
        bound.use(layout)
        let count = (layer.columns + layer.step - 1) / layer.step
        var allowed = [Bool](repeating: true, count: count)
        let height = bound.program.window.height
        var hits: [WindowHit] = []
        for y in stride(from: rows.lowerBound, to: rows.upperBound, by: layer.step) {
            if watch.checkTime() { break }
            if y - tables.top + height > tables.rowCapacity { tables.advance(to: y) }
            while tables.filled < y - tables.top + height {
                source.write(row: tables.top + tables.filled, to: tables.nextRow)
                tables.addRow()
            }
            guard watch.allows(row: y, in: layer, &allowed) else { continue }
            searchRow(y - tables.top, count, watch.hasMask ? allowed : nil) { hits.append(WindowHit(x: $0 * layer.step, y: y, weight: $1)) }
        }
        return hits
    }

    private func searchRow(_ row: Int, _ count: Int, _ allowed: [Bool]?, _ found: (Int, Double) -> Void) {
        var skipsFirst = false
        let stages = bound.stages
        let stageCount = bound.stageCount
        let first = row * tables.layout.stride
        for block in stride(from: 0, to: count, by: 16) {
            let all: UInt32 = count - block >= 16 ? 0xFFFF : (1 << UInt32(count - block)) - 1
            let entry = first + block
            let rejected = self.rejected(stages, among: all, entry)
            var alive = visited(&skipsFirst, rejected: rejected, candidates: all & ~rejected)
            if let allowed { alive &= laneBits(allowed, from: block) }
            var stage = 1
            while stage < stageCount, alive.nonzeroBitCount > 1 {
                alive &= ~self.rejected(stages + stage, among: alive, entry)
                stage += 1
            }
            while alive != 0 {
                let lane = alive.trailingZeroBitCount
                alive &= alive - 1
                if let weight = weight(from: stage, entry + lane) { found(block + lane, weight) }
            }
        }
    }

    /// Which of `windows` the stage rejects.
    private func rejected(_ stage: UnsafePointer<LBPProgram.Stage>, among windows: UInt32, _ entry: Int) -> UInt32 {
        var rejected: UInt32 = 0
        var unsure = windows
        if stage.pointee.isDense {
            let sums = bound.denseSums(stage, tables.sums16 + entry)
            rejected = sums.bits(below: Float(stage.pointee.threshold) - stage.pointee.margin) & windows
            unsure = sums.bits(below: Float(stage.pointee.threshold) + stage.pointee.margin) & windows & ~rejected
        }
        while unsure != 0 {
            let lane = unsure.trailingZeroBitCount
            unsure &= unsure - 1
            if bound.exactSum(stage, tables.sums32 + entry + lane) < stage.pointee.threshold { rejected |= 1 << UInt32(lane) }
        }
        return rejected
    }

    /// The last stage's sum of a window, nil if one of the stages from `first` on rejects it.
    private func weight(from first: Int, _ entry: Int) -> Double? {
        for index in first..<bound.stageCount {
            if bound.exactSum(bound.stages + index, tables.sums32 + entry) < bound.stages[index].threshold { return nil }
        }
        return bound.exactSum(bound.stages + bound.stageCount - 1, tables.sums32 + entry)
    }
}
