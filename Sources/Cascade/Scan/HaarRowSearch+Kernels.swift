/// Searches rows of windows with a Haar cascade. One instance belongs to one thread, and reads the tables of its scanner.
final class HaarRowSearch: RowSearch {
    private let bound: BoundHaarProgram
    private let tables: StripeTables
    private let survivors: SurvivorLists
    private var frame = RowFrame()
    private(set) var findings = MemberFindings()

    init(_ program: HaarProgram, _ tables: StripeTables) {
        bound = BoundHaarProgram(program)
        self.tables = tables
        survivors = SurvivorLists(stages: program.stages.count)
    }

    func start(_ marks: MarkPlanes) {
        findings = MemberFindings(marks: marks)
        // A search that was given up leaves windows waiting.
        survivors.removeAll()
    }

    func begin(_ frame: RowFrame) {
        self.frame = frame
        bound.use(frame.layout, origin: frame.origin)
    }

    /// Takes the windows of a row through the stages in blocks of 16, until few of a block are left.
    func search(row: Int, blocks: Range<Int>, norms: UnsafePointer<Float>?, _ allowed: UnsafePointer<UInt16>?, skipsFirst: inout Bool) {
        guard let norms else { preconditionFailure("a Haar cascade needs the windows' contrasts") }
        let stageCount = bound.stageCount
        let first = row * tables.layout.stride
        let (isGated, isMirrored) = (frame.isGated, frame.isMirrored)
        let markedStages = findings.marks.stages
        for turn in 0..<blocks.count {
            let index = isMirrored ? blocks.upperBound - 1 - turn : blocks.lowerBound + turn
            let mayPass = allowed.map { UInt32($0[index]) } ?? 0xFFFF
            if isGated && mayPass == 0 { continue }
            let block = 16 * index
            let lanes = Lanes16(norms + block)
            var candidates = bitMask(mask(lanes.low .> 0), mask(lanes.high .> 0))
            if isGated { candidates &= mayPass }
            if candidates == 0 {
                skipsFirst = false
                continue
            }
            let place = TablePlace(tables, entry: first + block)
            let rejected = self.rejected(0, among: candidates, place, lanes, norms + block)
            var alive = candidates & ~rejected
            if !isGated {
                alive =
                    isMirrored
                    ? visitedBackwards(&skipsFirst, rejected: rejected, candidates: alive)
                    : visited(&skipsFirst, rejected: rejected, candidates: alive)
                alive &= mayPass
            }
            var stage = 1
            if markedStages >> 1 & 1 == 1 { mark(alive, 1, row, index) }
            while stage < stageCount, alive.nonzeroBitCount > 2 {
                alive &= ~self.rejected(stage, among: alive, place, lanes, norms + block)
                stage += 1
                if markedStages &>> UInt64(stage) & 1 == 1 { mark(alive, stage, row, index) }
            }
            while alive != 0 {
                let lane = alive.trailingZeroBitCount
                alive &= alive - 1
                survivors.append(Int32(first + block + lane), norms[block + lane], to: stage)
            }
        }
        thin()
    }

    @inline(never)
    private func mark(_ windows: UInt32, _ stage: Int, _ row: Int, _ block: Int) {
        findings.marks.add(windows, passed: stage, y: tables.top + row, block: frame.firstBlock + block)
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
    private func thin() {
        for stage in 1..<max(bound.stageCount, 1) {
            while survivors.count(stage) >= 8 { advanceGroup(8, from: stage) }
        }
        while survivors.count(bound.stageCount) > 0 { accept(survivors.removeLast(bound.stageCount)) }
    }

    /// Takes all survivors through all stages.
    func finish() {
        for stage in 1..<max(bound.stageCount, 1) {
            while survivors.count(stage) > 0 { advanceGroup(min(survivors.count(stage), 8), from: stage) }
        }
        while survivors.count(bound.stageCount) > 0 { accept(survivors.removeLast(bound.stageCount)) }
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
        let isMarked = findings.marks.stages &>> UInt64(index + 1) & 1 == 1
        while passing != 0 {
            let lane = passing.trailingZeroBitCount
            passing &= passing - 1
            survivors.append(group.entries[lane], group.norms[lane], to: index + 1)
            if isMarked {
                let (row, window) = Int(group.entries[lane]).quotientAndRemainder(dividingBy: tables.layout.stride)
                mark(1 << UInt32(window & 15), index + 1, row, window >> 4)
            }
        }
    }

    /// A window that passed all stages: its weight is the exact sum of the last.
    private func accept(_ survivor: (entry: Int32, norm: Float)) {
        let last = bound.stageCount - 1
        bound.prepare(last)
        let weight = bound.exactSum(bound.stages + last, TablePlace(tables, entry: Int(survivor.entry)), survivor.norm)
        let (row, window) = Int(survivor.entry).quotientAndRemainder(dividingBy: tables.layout.stride)
        findings.hits.append(WindowHit(x: frame.x(window), y: tables.top + row, weight: weight))
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

/// The same for a mirrored cascade, where a rejected window takes its left neighbour with it and rows are searched from the right.
/// - Parameter skipsFirst: whether lane 15 is passed over; becomes the same for the 16 to the left.
@inline(never)
func visitedBackwards(_ skipsFirst: inout Bool, rejected: UInt32, candidates: UInt32) -> UInt32 {
    reversed16(visited(&skipsFirst, rejected: reversed16(rejected), candidates: reversed16(candidates)))
}

/// Bit i becomes bit 15 - i.
@inline(__always)
func reversed16(_ bits: UInt32) -> UInt32 {
    var b = UInt16(truncatingIfNeeded: bits).byteSwapped
    b = (b & 0x0F0F) << 4 | (b & 0xF0F0) >> 4
    b = (b & 0x3333) << 2 | (b & 0xCCCC) >> 2
    b = (b & 0x5555) << 1 | (b & 0xAAAA) >> 1
    return UInt32(b)
}
