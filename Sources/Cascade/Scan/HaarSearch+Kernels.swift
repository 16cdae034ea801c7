import Imaging

/// Searches rows of windows of one layer after another with a Haar cascade. One instance belongs to one thread.
final class HaarSearch: LayerSearch {
    private let program: HaarProgram
    private let bound: BoundHaarProgram
    private let tables: StripeTables
    private let spreads: UnsafeMutablePointer<Double>
    private let norms: UnsafeMutablePointer<Float>
    private let survivors: SurvivorLists

    /// - Parameter width: of the widest layer.
    init(_ program: HaarProgram, width: Int) {
        self.program = program
        bound = BoundHaarProgram(program)
        tables = StripeTables(
            width: width, rowCapacity: program.window.height + 66, squares: true, tilted16: program.hasTilted,
            tilted32: program.needsTilted32)
        survivors = SurvivorLists(stages: program.stages.count)
        let lanes = (width + 31) & ~15
        spreads = .allocate(capacity: lanes)
        norms = .allocate(capacity: lanes)
    }

    deinit {
        spreads.deallocate()
        norms.deallocate()
    }

    /// The hits among the windows whose rows are `rows`, by row, then column.
    /// - Parameter rows: starts on a multiple of the layer's step.
    func hits(in layer: ScalePlan.Layer, rows: Range<Int>, of source: LayerSource, _ watch: SearchWatch) -> [WindowHit] {
        guard layer.columns > 0, !rows.isEmpty else { return [] }
        let layout = TableLayout(isSplit: layer.step == 2, columns: layer.size.width + 1)
        tables.begin(width: layer.size.width, layout: layout, top: rows.lowerBound)
        bound.use(layout)
        let count = (layer.columns + layer.step - 1) / layer.step
        var allowed = [Bool](repeating: true, count: count)
        let height = program.window.height
        var hits: [WindowHit] = []
        var counted = 0
        for y in stride(from: rows.lowerBound, to: rows.upperBound, by: layer.step) {
            if watch.hasEnded(newHits: hits.count - counted) { return [] }
            counted = hits.count
            if y - tables.top + height > tables.rowCapacity {
                finish(layer, &hits)
                tables.advance(to: y - layer.step)
            }
            while tables.filled < y - tables.top + height {
                source.write(row: tables.top + tables.filled, to: tables.nextRow)
                tables.addRow()
            }
            let row = y - tables.top
            if y == rows.lowerBound {
                tables.startSquares(first: row + 1, count: height - 2)
            } else {
                for k in 1...layer.step { tables.moveSquares(out: row - layer.step + k, in: row - layer.step + height - 2 + k) }
            }
            tables.windowNorms(row: row, count: count, window: program.window, norm: program.norm, spreads: spreads, norms: norms)
            guard watch.allows(row: y, in: layer, &allowed) else { continue }
            searchRow(row, count, watch.hasMask ? allowed : nil)
            thin(layer, &hits)
        }
        finish(layer, &hits)
        if watch.hasEnded(newHits: hits.count - counted) { return [] }
        return hits.sorted { ($0.y, $0.x) < ($1.y, $1.x) }
    }

    /// Takes the windows of a row through the stages in blocks of 16, until few of a block are left.
    private func searchRow(_ row: Int, _ count: Int, _ allowed: [Bool]?) {
        var skipsFirst = false
        let stageCount = bound.stageCount
        let first = row * tables.layout.stride
        for block in stride(from: 0, to: count, by: 16) {
            let lanes = Lanes16(norms + block)
            let contrasty = bitMask(mask(lanes.low .> 0), mask(lanes.high .> 0))
            if contrasty == 0 {
                skipsFirst = false
                continue
            }
            let place = TablePlace(tables, entry: first + block)
            let rejected = self.rejected(0, among: contrasty, place, lanes, norms + block)
            var alive = visited(&skipsFirst, rejected: rejected, candidates: contrasty & ~rejected)
            if let allowed { alive &= laneBits(allowed, from: block) }
            var stage = 1
            while stage < stageCount, alive.nonzeroBitCount > 2 {
                alive &= ~self.rejected(stage, among: alive, place, lanes, norms + block)
                stage += 1
            }
            while alive != 0 {
                let lane = alive.trailingZeroBitCount
                alive &= alive - 1
                survivors.append(
                    Int32(first + block + lane), norms[block + lane], to: stage)
            }
        }
    }

    /// Which of the windows in `lanes` the stage rejects.
    @inline(__always)
    private func rejected(
        _ index: Int, among windows: UInt32, _ place: TablePlace, _ lanes: Lanes16, _ norms: UnsafePointer<Float>
    ) -> UInt32 {
        bound.prepare(index)
        let stage = UnsafePointer(bound.stages) + index
        let threshold = stage.pointee.threshold
        var rejected: UInt32 = 0
        var unsure = windows
        if stage.pointee.isDense {
            let sums = bound.denseSums(stage, place, lanes)
            rejected = sums.bits(below: Float(threshold) - stage.pointee.margin) & windows
            unsure = sums.bits(below: Float(threshold) + stage.pointee.margin) & windows & ~rejected
        }
        while unsure != 0 {
            let lane = unsure.trailingZeroBitCount
            unsure &= unsure - 1
            if bound.exactSum(stage, place.advanced(by: lane), norms[lane]) < threshold { rejected |= 1 << UInt32(lane) }
        }
        return rejected
    }

    /// Takes survivors through their stages in groups of 8, as long as a stage has so many.
    private func thin(_ layer: ScalePlan.Layer, _ hits: inout [WindowHit]) {
        for stage in 1..<max(bound.stageCount, 1) {
            while survivors.count(stage) >= 8 { advanceGroup(8, from: stage) }
        }
        while survivors.count(bound.stageCount) > 0 { accept(survivors.removeLast(bound.stageCount), layer, &hits) }
    }

    /// Takes all survivors through all stages.
    private func finish(_ layer: ScalePlan.Layer, _ hits: inout [WindowHit]) {
        for stage in 1..<max(bound.stageCount, 1) {
            while survivors.count(stage) > 0 { advanceGroup(min(survivors.count(stage), 8), from: stage) }
        }
        while survivors.count(bound.stageCount) > 0 { accept(survivors.removeLast(bound.stageCount), layer, &hits) }
    }

    /// Asks the stage of the last `count` of its survivors and moves those that pass to the next.
    private func advanceGroup(_ count: Int, from index: Int) {
        bound.prepare(index)
        let stage = UnsafePointer(bound.stages) + index
        let threshold = stage.pointee.threshold
        let origin = TablePlace(tables, entry: 0)
        let group = survivors.removeLast(index, count)
        var passing: UInt32 = 0
        var unsure: UInt32 = (1 << UInt32(count)) - 1
        if stage.pointee.isDense && count > 2 {
            let norms = UnsafeRawPointer(group.norms).loadUnaligned(as: SIMD8<Float>.self)
            let sums = bound.gatheredSums(stage, origin, group.entries, norms)
            let least = Float(threshold) - stage.pointee.margin, sure = Float(threshold) + stage.pointee.margin
            passing = bitMask(mask(sums .>= sure)) & unsure
            unsure &= bitMask(mask(sums .>= least)) & ~passing
        }
        while unsure != 0 {
            let lane = unsure.trailingZeroBitCount
            unsure &= unsure - 1
            let sum = bound.exactSum(stage, origin.advanced(by: Int(group.entries[lane])), group.norms[lane])
            if !(sum < threshold) { passing |= 1 << UInt32(lane) }
        }
        while passing != 0 {
            let lane = passing.trailingZeroBitCount
            passing &= passing - 1
            survivors.append(group.entries[lane], group.norms[lane], to: index + 1)
        }
    }

    /// A window that passed all stages: its weight is the exact sum of the last.
    private func accept(_ survivor: (entry: Int32, norm: Float), _ layer: ScalePlan.Layer, _ hits: inout [WindowHit]) {
        let last = bound.stageCount - 1
        bound.prepare(last)
        let weight = bound.exactSum(bound.stages + last, TablePlace(tables, entry: Int(survivor.entry)), survivor.norm)
        let (row, column) = Int(survivor.entry).quotientAndRemainder(dividingBy: tables.layout.stride)
        hits.append(WindowHit(x: column * layer.step, y: tables.top + row, weight: weight))
    }
}

/// Bit i tells whether window `first` + i is allowed.
func laneBits(_ allowed: [Bool], from first: Int) -> UInt32 {
    var bits: UInt32 = 0
    for i in first..<min(first + 16, allowed.count) where allowed[i] { bits |= 1 << UInt32(i - first) }
    return bits
}

/// The candidates that are looked at when a window rejected by the first stage takes its right neighbour with it.
///
/// Rejections in a row take turns, so that a candidate is passed over exactly when it follows an odd number of them. Adding a
/// run's lowest bit to the run carries into the bit behind it; whether that bit's place is even or odd against the run's start
/// tells its length's parity.
/// - Parameter skipsFirst: whether lane 0 is passed over; becomes the same for the next 16.
@inline(__always)
func visited(_ skipsFirst: inout Bool, rejected: UInt32, candidates: UInt32) -> UInt32 {
    let even: UInt32 = 0x1_5555, odd: UInt32 = 0x2_AAAA
    let first: UInt32 = skipsFirst ? 1 : 0
    let runs = rejected & ~first
    let starts = runs & ~(runs << 1)
    let behindEven = (runs &+ (starts & even)) & ~runs & odd
    let behindOdd = (runs &+ (starts & odd)) & ~runs & even
    let passedOver = behindEven | behindOdd
    skipsFirst = passedOver >> 16 & 1 == 1
    return candidates & ~first & ~passedOver
}
