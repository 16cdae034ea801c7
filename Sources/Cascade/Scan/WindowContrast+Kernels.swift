import Imaging
import Support

/// The norms of the windows of one row after another, for all Haar cascades of one window size whose windows start in one column.
///
/// Bounds: as `StripeTables`, whose layout the running sums have.
final class WindowContrast {
    let window: Size
    /// Columns between the tables' first and the first window.
    let origin: Int
    private let norm: WindowNorm
    private let tables: StripeTables
    /// Per column, the sum of the squares of the rows that the current windows' inner part covers.
    private let columnSquares: KernelMemory<UInt32>
    /// Running sums of `columnSquares`, laid out like a table row.
    private let squares: KernelMemory<UInt32>
    private let spreads: KernelMemory<Double>
    private let norms: KernelMemory<Float>
    /// The layer's row of windows that the sums belong to.
    private var current: Int?

    init(window: Size, origin: Int, _ tables: StripeTables) {
        self.window = window
        self.origin = origin
        self.tables = tables
        norm = WindowNorm(window: window)
        columnSquares = KernelMemory(repeating: 0, count: tables.maximumWidth)
        squares = KernelMemory(repeating: 0, count: tables.maximumStride + TableLayout.slack)
        let lanes = (tables.maximumWidth + 31) & ~15
        spreads = KernelMemory(repeating: 0, count: lanes)
        norms = KernelMemory(repeating: 0, count: lanes)
    }

    /// Forgets the row it was at: the tables have begun anew.
    func begin() { current = nil }

    /// The norms of the windows in a row, 0 for a window of too little contrast and for the lanes past the last window.
    /// - Parameters:
    ///   - y: the layer's row, inside the stripe with the window's height.
    ///   - count: how many windows.
    func norms(y: Int, count: Int) -> UnsafePointer<Float> {
        if current != y {
            move(to: y)
            computeNorms(row: y - tables.top, count: count)
        }
        return UnsafePointer(norms.start)
    }

    /// Moves the column sums of squares down, row by row where all rows on the way are still in the stripe.
    private func move(to y: Int) {
        let inner = window.height - 2
        if let current, current < y, y - current < inner, current + 1 >= tables.top {
            for row in current + 1...y { moveSquares(out: row - tables.top, in: row - tables.top + inner) }
        } else {
            startSquares(first: y - tables.top + 1, count: inner)
        }
        current = y
    }

    /// Sets the column sums of squares to those of `count` pixel rows from the stripe's row `first`.
    private func startSquares(first: Int, count: Int) {
        let sums = columnSquares.start, width = tables.width
        for x in 0..<width { sums[x] = 0 }
        for y in first..<first + count {
            let row = tables.pixels + y * width
            for x in 0..<width { sums[x] &+= UInt32(row[x]) &* UInt32(row[x]) }
        }
    }

    /// Moves the column sums of squares down by a row: out with one pixel row, in with another.
    private func moveSquares(out: Int, in entering: Int) {
        let sums = columnSquares.start, width = tables.width
        let old = tables.pixels + out * width, new = tables.pixels + entering * width
        for x in 0..<width {
            let a = Int32(new[x]), b = Int32(old[x])
            sums[x] &+= UInt32(bitPattern: (a &- b) &* (a &+ b))
        }
    }

    private func computeNorms(row: Int, count: Int) {
        sumSquares()
        let layout = tables.layout
        let left = layout.place(1 + origin), right = layout.place(window.width - 1 + origin)
        let upper = tables.sums32 + (row + 1) * layout.stride, lower = tables.sums32 + (row + window.height - 1) * layout.stride
        let (a, b, c, d) = (upper + left, upper + right, lower + left, lower + right)
        let (p, q) = (squares.start + left, squares.start + right)
        let area = norm.area
        let spreads = spreads.start, norms = norms.start
        if norm.fitsInt32 {
            for i in 0..<count {
                let sum = Double(a[i] &- b[i] &- c[i] &+ d[i])
                let square = Double(Int32(bitPattern: q[i] &- p[i]))
                spreads[i] = area * square - sum * sum
            }
        } else {
            for i in 0..<count {
                let sum = Double(a[i] &- b[i] &- c[i] &+ d[i])
                spreads[i] = area * Double(q[i] &- p[i]) - sum * sum
            }
        }
        let padded = (count + 15) & ~15
        for i in count..<padded { spreads[i] = -1 }
        let least = norm.leastSpread
        for block in stride(from: 0, to: padded, by: 16) {
            var passing = 0
            for i in block..<block + 16 { passing |= spreads[i] >= least ? 1 : 0 }
            if passing == 0 {
                for i in block..<block + 16 { norms[i] = 0 }
            } else {
                for i in block..<block + 16 { norms[i] = spreads[i] >= least ? Float(1 / spreads[i].squareRoot()) : 0 }
            }
        }
    }

    /// The running sums of the column squares.
    private func sumSquares() {
        let width = tables.width, layout = tables.layout
        let columnSquares = columnSquares.start, squares = squares.start
        var sum: UInt32 = 0
        squares[0] = 0
        if layout.isSplit {
            let odd = squares + layout.half
            for i in 0..<width / 2 {
                sum &+= columnSquares[2 * i]
                odd[i] = sum
                sum &+= columnSquares[2 * i + 1]
                squares[i + 1] = sum
            }
            if width & 1 == 1 { odd[width / 2] = sum &+ columnSquares[width - 1] }
        } else {
            for x in 0..<width {
                sum &+= columnSquares[x]
                squares[x + 1] = sum
            }
        }
    }
}
