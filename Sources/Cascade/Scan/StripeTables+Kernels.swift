import Support

/// The summed-area tables of a horizontal stripe of one layer, moved down the layer as the search proceeds.
///
/// Sums start at the stripe's first row; corner differences do not depend on where. Memory is that of some 100 rows, whatever
/// the picture's height, and of at most `LayerScanner.widestStripe` columns. All indexing is by rows of the stripe, `row` 0 being the
/// zeros above pixel row `top`.
///
/// Bounds: tables have `rowCapacity` + 1 rows of `layout.stride` entries and `TableLayout.slack` entries more, so that a load of 16
/// entries that starts at any window's corner stays inside the allocation.
final class StripeTables {
    /// Pixel rows that fit.
    let rowCapacity: Int
    let maximumWidth: Int
    let maximumStride: Int
    let needsTilted16: Bool
    let needsTilted32: Bool

    private let memory8: KernelMemory<UInt8>
    private let memory32: KernelMemory<Int32>
    private let memory16: KernelMemory<UInt16>
    let pixels: UnsafeMutablePointer<UInt8>
    let sums32: UnsafeMutablePointer<Int32>
    /// The low 16 bits of `sums32`: rectangles of at most 257 pixels need no more, at half the loads.
    let sums16: UnsafeMutablePointer<UInt16>
    let tilted32: UnsafeMutablePointer<Int32>
    let tilted16: UnsafeMutablePointer<UInt16>

    private(set) var layout = TableLayout(isSplit: false, columns: 1)
    private(set) var width = 0
    /// The layer's row that is the stripe's first.
    private(set) var top = 0
    /// How many pixel rows are filled.
    private(set) var filled = 0

    init(width: Int, rowCapacity: Int, tilted16 needsTilted16: Bool, tilted32 needsTilted32: Bool) {
        self.rowCapacity = rowCapacity
        self.needsTilted16 = needsTilted16
        self.needsTilted32 = needsTilted32
        maximumWidth = width
        maximumStride = TableLayout(isSplit: true, columns: width + 1).stride
        let entries = (rowCapacity + 1) * maximumStride + TableLayout.slack + 32
        // Lanes past the last window read entries that no layer wrote; their results are discarded, but they shall be numbers.
        memory8 = KernelMemory(repeating: 0, count: rowCapacity * width + 32)
        memory32 = KernelMemory(repeating: 0, count: needsTilted16 || needsTilted32 ? 2 * entries : entries)
        memory16 = KernelMemory(repeating: 0, count: needsTilted16 ? 2 * entries : entries)
        pixels = memory8.start
        sums32 = memory32.start
        sums16 = memory16.start
        tilted32 = needsTilted16 || needsTilted32 ? memory32.start + entries : memory32.start
        tilted16 = needsTilted16 ? memory16.start + entries : memory16.start
    }

    /// Starts at a row of a layer.
    func begin(width: Int, layout: TableLayout, top: Int) {
        precondition(width <= maximumWidth && layout.stride <= maximumStride)
        self.width = width
        self.layout = layout
        restart(top)
    }

    private func restart(_ top: Int) {
        self.top = top
        filled = 0
        sums32.update(repeating: 0, count: layout.stride)
        sums16.update(repeating: 0, count: layout.stride)
        if needsTilted16 || needsTilted32 { tilted32.update(repeating: 0, count: layout.stride) }
        if needsTilted16 { tilted16.update(repeating: 0, count: layout.stride) }
    }

    /// Makes layer row `newTop` the stripe's first, keeping the rows from there on.
    func advance(to newTop: Int) {
        let shift = newTop - top
        guard shift > 0 else { return }
        guard shift <= filled else { return restart(newTop) }
        let kept = (filled - shift + 1) * layout.stride
        sums32.update(from: sums32 + shift * layout.stride, count: kept)
        sums16.update(from: sums16 + shift * layout.stride, count: kept)
        if needsTilted16 || needsTilted32 { tilted32.update(from: tilted32 + shift * layout.stride, count: kept) }
        if needsTilted16 { tilted16.update(from: tilted16 + shift * layout.stride, count: kept) }
        pixels.update(from: pixels + shift * width, count: (filled - shift) * width)
        top = newTop
        filled -= shift
    }

    /// Where the next pixel row is to be written before `addRow`.
    var nextRow: UnsafeMutablePointer<UInt8> {
        precondition(filled < rowCapacity)
        return pixels + filled * width
    }

    /// Extends the tables by the row at `nextRow`.
    func addRow() {
        let stride = layout.stride
        let row = nextRow
        let above32 = sums32 + filled * stride
        let target32 = above32 + stride
        let target16 = sums16 + (filled + 1) * stride
        if layout.isSplit { prefixSplit(row, target32) } else { prefix(row, target32) }
        for i in 0..<stride {
            let sum = target32[i] &+ above32[i]
            target32[i] = sum
            target16[i] = UInt16(truncatingIfNeeded: sum)
        }
        if needsTilted16 || needsTilted32 { addTiltedRow(row) }
        filled += 1
    }

    private func prefix(_ row: UnsafePointer<UInt8>, _ target: UnsafeMutablePointer<Int32>) {
        var sum: Int32 = 0
        target[0] = 0
        for x in 0..<width {
            sum &+= Int32(row[x])
            target[x + 1] = sum
        }
    }

    private func prefixSplit(_ row: UnsafePointer<UInt8>, _ target: UnsafeMutablePointer<Int32>) {
        var sum: Int32 = 0
        let odd = target + layout.half
        target[0] = 0
        for i in 0..<width / 2 {
            sum &+= Int32(row[2 * i])
            odd[i] = sum
            sum &+= Int32(row[2 * i + 1])
            target[i + 1] = sum
        }
        if width & 1 == 1 { odd[width / 2] = sum &+ Int32(row[width - 1]) }
    }

    /// T(X, Y) = T(X-1, Y-1) + T(X+1, Y-1) - T(X, Y-2) + p(X-1, Y-1) + p(X-1, Y-2); see `TiltedIntegral` for the borders. One column
    /// more than there, T(width + 1, Y) = T(width, Y-1): the mirror image of column 0, where mirrored features have corners.
    private func addTiltedRow(_ row: UnsafePointer<UInt8>) {
        let stride = layout.stride
        let above = tilted32 + filled * stride
        let target = above + stride
        target[layout.place(0)] = above[layout.place(1)]
        for x in 1...width {
            var sum = above[layout.place(x - 1)] &+ Int32(row[x - 1])
            if filled > 0 {
                sum &+= Int32((row - width)[x - 1])
                if x < width { sum &+= above[layout.place(x + 1)] &- (above - stride)[layout.place(x)] }
            }
            target[layout.place(x)] = sum
        }
        target[layout.place(width + 1)] = above[layout.place(width)]
        if needsTilted16 {
            let target16 = tilted16 + (filled + 1) * stride
            for i in 0..<stride { target16[i] = UInt16(truncatingIfNeeded: target[i]) }
        }
    }
}
