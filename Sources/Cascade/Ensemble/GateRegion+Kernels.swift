import Imaging

/// The windows of a layer that a gate lets through: one bit a window, in words of 16.
struct GateRegion: Sendable {
    /// Words of a row.
    let blocks: Int
    let rows: Int
    private var words: [UInt16]
    private var hasAny: [Bool]

    /// A region of no window.
    init(_ layer: ScalePlan.Layer) {
        blocks = (layer.windowsAcross + 15) / 16
        rows = (layer.rows + layer.step - 1) / layer.step
        words = [UInt16](repeating: 0, count: blocks * rows)
        hasAny = [Bool](repeating: false, count: rows)
    }

    /// Adds the windows of `layer` whose centres lie within `reach` window sides of a marked window of another layer, in both directions.
    ///
    /// Centres are taken twice, in whole pixels of the picture: 2 x + width. A marked window of side s reaches floor(2 reach s) of those.
    /// - Parameter marks: of pieces of `other`.
    /// - Complexity: O(marked windows x words reached in a row + marked rows x rows reached x words of a row).
    mutating func add(near other: ScalePlan.Layer, _ marks: [MarkPlanes], passed stage: Int, reach: Double, of layer: ScalePlan.Layer) {
        let columns = Self.ranges(
            around: other.centresAcross, radius: Int(2 * reach * Double(other.window.width)), among: layer.centresAcross)
        let lines = Self.ranges(around: other.centresDown, radius: Int(2 * reach * Double(other.window.height)), among: layer.centresDown)
        var painted = [UInt16](repeating: 0, count: blocks)
        for planes in marks {
            for row in 0..<planes.rows {
                let line = planes.top / planes.step + row
                guard line < lines.count else { break }
                let targets = lines[line]
                guard !targets.isEmpty, Self.paint(&painted, planes, row: row, passed: stage, columns) else { continue }
                for target in targets {
                    hasAny[target] = true
                    for block in 0..<blocks { words[target * blocks + block] |= painted[block] }
                }
            }
        }
    }

    /// Sets the windows of one row that are near its marked ones; false when none is marked.
    private static func paint(_ row: inout [UInt16], _ planes: MarkPlanes, row at: Int, passed stage: Int, _ columns: [Range<Int>]) -> Bool
    {
        var any = false
        for block in 0..<planes.blocks {
            var bits = planes.bits(passed: stage, row: at, block: block)
            if bits != 0 && !any {
                any = true
                for i in row.indices { row[i] = 0 }
            }
            while bits != 0 {
                let range = columns[16 * block + bits.trailingZeroBitCount]
                bits &= bits - 1
                guard let last = range.last else { continue }
                let (first, final) = (range.lowerBound >> 4, last >> 4)
                let head = UInt16.max << UInt16(range.lowerBound & 15), tail = UInt16.max >> UInt16(15 - last & 15)
                if first == final {
                    row[first] |= head & tail
                } else {
                    row[first] |= head
                    for word in first + 1..<final { row[word] = .max }
                    row[final] |= tail
                }
            }
        }
        return any
    }

    /// For each centre, which of `others` (ascending) are at most `radius` away.
    static func ranges(around centres: [Int], radius: Int, among others: [Int]) -> [Range<Int>] {
        var low = 0, high = 0
        return centres.map { centre in
            while low < others.count, others[low] < centre - radius { low += 1 }
            high = max(high, low)
            while high < others.count, others[high] <= centre + radius { high += 1 }
            return low..<high
        }
    }

    func hasWindows(inRow row: Int) -> Bool { hasAny[row] }

    /// The blocks of a row from its first to its last with a window; nil where it has none.
    func span(inRow row: Int) -> ClosedRange<Int>? {
        guard hasAny[row] else { return nil }
        let line = words[row * blocks..<(row + 1) * blocks]
        guard let first = line.firstIndex(where: { $0 != 0 }), let last = line.lastIndex(where: { $0 != 0 }) else { return nil }
        return first - row * blocks...last - row * blocks
    }

    /// Calls `body` with the words of a row from a block on.
    func withWords(row: Int, from block: Int, _ body: (UnsafePointer<UInt16>) -> Void) {
        words.withUnsafeBufferPointer { body($0.baseAddress! + row * blocks + block) }
    }

    /// Takes away the windows of a row that are not in this region.
    func intersect(_ allowed: inout [UInt16], row: Int, from block: Int) {
        for i in allowed.indices { allowed[i] &= words[row * blocks + block + i] }
    }
}

extension ScalePlan.Layer {
    /// Twice the centre of the windows of a column, in pixels of the picture, ascending.
    var centresAcross: [Int] {
        stride(from: origin, to: columns, by: step).map { 2 * rect(x: $0, y: 0).x + window.width }
    }

    /// Twice the centre of the windows of a row.
    var centresDown: [Int] {
        stride(from: 0, to: rows, by: step).map { 2 * rect(x: 0, y: $0).y + window.height }
    }
}
