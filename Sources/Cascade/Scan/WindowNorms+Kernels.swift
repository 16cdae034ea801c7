import Imaging

extension StripeTables {
    /// Sets the column sums of squares to those of `count` pixel rows from the stripe's row `first`.
    func startSquares(first: Int, count: Int) {
        for x in 0..<width { columnSquares[x] = 0 }
        for y in first..<first + count {
            let row = pixels + y * width
            for x in 0..<width { columnSquares[x] &+= UInt32(row[x]) &* UInt32(row[x]) }
        }
    }

    /// Moves the column sums of squares down by a row: out with one pixel row, in with another.
    func moveSquares(out: Int, in entering: Int) {
        let old = pixels + out * width, new = pixels + entering * width
        for x in 0..<width {
            let a = Int32(new[x]), b = Int32(old[x])
            columnSquares[x] &+= UInt32(bitPattern: (a &- b) &* (a &+ b))
        }
    }

    /// The norms of the windows of one row, 0 for a window of too little contrast and for the lanes past the last window.
    /// - Parameters:
    ///   - row: the windows' first row in the stripe; the column squares are those of its windows.
    ///   - count: how many windows.
    ///   - spreads, norms: room for `count` rounded up to 16.
    func windowNorms(
        row: Int, count: Int, window: Size, norm: WindowNorm, spreads: UnsafeMutablePointer<Double>, norms: UnsafeMutablePointer<Float>
    ) {
        sumSquares()
        let left = layout.place(1), right = layout.place(window.width - 1)
        let upper = sums32 + (row + 1) * layout.stride, lower = sums32 + (row + window.height - 1) * layout.stride
        let (a, b, c, d) = (upper + left, upper + right, lower + left, lower + right)
        let (p, q) = (squares + left, squares + right)
        let area = norm.area
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
