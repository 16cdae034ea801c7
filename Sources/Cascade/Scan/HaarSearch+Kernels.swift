import Imaging

/// Searches rows of windows of one layer after another with a Haar cascade. One instance belongs to one thread.
final class HaarSearch {
    private let program: HaarProgram
    private let bound: BoundHaarProgram
    private let tables: StripeTables
    private let spreads: UnsafeMutablePointer<Double>
    private let norms: UnsafeMutablePointer<Float>

    /// - Parameter width: of the widest layer.
    init(_ program: HaarProgram, width: Int) {
        self.program = program
        bound = BoundHaarProgram(program)
        tables = StripeTables(
            width: width, rowCapacity: program.window.height + 66, squares: true, tilted16: program.hasTilted,
            tilted32: program.needsTilted32)
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
    func hits(in layer: ScalePlan.Layer, rows: Range<Int>, of source: LayerSource) -> [Hit] {
        guard layer.columns > 0, !rows.isEmpty else { return [] }
        let layout = TableLayout(isSplit: layer.step == 2, columns: layer.size.width + 1)
        tables.begin(width: layer.size.width, layout: layout, top: rows.lowerBound)
        bound.use(layout)
        let count = (layer.columns + layer.step - 1) / layer.step
        let height = program.window.height
        var hits: [Hit] = []
        for y in stride(from: rows.lowerBound, to: rows.upperBound, by: layer.step) {
            if y - tables.top + height > tables.rowCapacity { tables.advance(to: y - layer.step) }
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
            searchRow(row, y, count, layer, &hits)
        }
        return hits
    }

    private func searchRow(_ row: Int, _ y: Int, _ count: Int, _ layer: ScalePlan.Layer, _ hits: inout [Hit]) {
        var skipsFirst = false
        let stages = program.stages
        for block in stride(from: 0, to: count, by: 16) {
            let lanes = Lanes16(norms + block)
            let contrasty = bitMask(lanes.low .> 0, lanes.high .> 0)
            if contrasty == 0 {
                skipsFirst = false
                continue
            }
            let place = TablePlace(tables, row: row, column: block)
            let rejected = self.rejected(0, stages[0], among: contrasty, place, lanes, norms + block)
            var alive = visited(&skipsFirst, rejected: rejected, candidates: contrasty & ~rejected)
            var stage = 1
            while stage < stages.count - 1, alive.nonzeroBitCount > 2 {
                alive &= ~self.rejected(stage, stages[stage], among: alive, place, lanes, norms + block)
                stage += 1
            }
            while alive != 0 {
                let lane = alive.trailingZeroBitCount
                alive &= alive - 1
                if let weight = weight(from: stage, place.advanced(by: lane), norms[block + lane]) {
                    hits.append(Hit(rect: layer.rect(x: (block + lane) * layer.step, y: y), weight: weight))
                }
            }
        }
    }

    /// Which of the windows in `lanes` the stage rejects.
    @inline(__always)
    private func rejected(
        _ index: Int, _ stage: HaarProgram.Stage, among windows: UInt32, _ place: TablePlace, _ lanes: Lanes16,
        _ norms: UnsafePointer<Float>
    ) -> UInt32 {
        bound.prepare(index)
        var rejected: UInt32 = 0
        var unsure = windows
        if stage.isDense {
            let sums = bound.denseSums(stage, place, lanes)
            rejected = sums.bits(below: Float(stage.threshold) - stage.margin) & windows
            unsure = sums.bits(below: Float(stage.threshold) + stage.margin) & windows & ~rejected
        }
        while unsure != 0 {
            let lane = unsure.trailingZeroBitCount
            unsure &= unsure - 1
            if bound.exactSum(stage, place.advanced(by: lane), norms[lane]) < stage.threshold { rejected |= 1 << UInt32(lane) }
        }
        return rejected
    }

    /// The last stage's sum of a window, nil if one of the stages from `first` on rejects it.
    private func weight(from first: Int, _ place: TablePlace, _ norm: Float) -> Double? {
        let stages = program.stages
        for index in first..<stages.count {
            bound.prepare(index)
            let sum = bound.exactSum(stages[index], place, norm)
            if sum < stages[index].threshold { return nil }
            if index == stages.count - 1 { return sum }
        }
        return bound.exactSum(stages[stages.count - 1], place, norm)
    }
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
