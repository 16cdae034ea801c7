/// Which windows of some rows of a layer passed certain numbers of stages: one bit a window, in words of 16.
struct MarkPlanes: Sendable {
    /// Bit s is set where windows that passed the first s stages are noted.
    let stages: UInt64
    /// The first row, a multiple of the step.
    let top: Int
    /// How many rows of windows.
    let rows: Int
    let step: Int
    /// Words of a row.
    let blocks: Int
    /// A plane for each noted stage, in ascending order, one behind the other.
    private(set) var words: [UInt16]

    init() {
        (stages, top, rows, step, blocks, words) = (0, 0, 0, 1, 0, [])
    }

    /// Empty planes for the windows whose rows are `range`.
    init(stages: UInt64, rows range: Range<Int>, step: Int, count: Int) {
        self.stages = stages
        self.step = step
        top = range.lowerBound
        rows = (range.count + step - 1) / step
        blocks = (count + 15) / 16
        words = [UInt16](repeating: 0, count: stages.nonzeroBitCount * rows * blocks)
    }

    private func plane(_ stage: Int) -> Int { (stages & (1 << UInt64(stage) - 1)).nonzeroBitCount }

    /// - Precondition: the stage is one of `stages`, the row one of the rows.
    mutating func add(_ windows: UInt32, passed stage: Int, y: Int, block: Int) {
        words[(plane(stage) * rows + (y - top) / step) * blocks + block] |= UInt16(truncatingIfNeeded: windows)
    }

    /// The windows of a block that passed so many stages.
    /// - Parameter row: of windows, from the first.
    func bits(passed stage: Int, row: Int, block: Int) -> UInt16 {
        words[(plane(stage) * rows + row) * blocks + block]
    }

    /// The windows that passed so many stages: their column, counted in windows, and their row in the layer.
    func windows(passed stage: Int) -> [(column: Int, y: Int)] {
        var windows: [(column: Int, y: Int)] = []
        for row in 0..<rows {
            for block in 0..<blocks {
                var bits = bits(passed: stage, row: row, block: block)
                while bits != 0 {
                    windows.append((16 * block + bits.trailingZeroBitCount, top + row * step))
                    bits &= bits - 1
                }
            }
        }
        return windows
    }
}
