import Imaging

/// Pictures drawn with whole numbers only, so that any language draws the same ones (see Fixtures/make_synthetic.py).
enum Synthetic {
    static func noise(width: Int, height: Int, seed: UInt64) -> Gray {
        var bits = SeededBits(seed: seed)
        return Gray(width: width, height: height, pixels: (0..<width * height).map { _ in UInt8(truncatingIfNeeded: bits.next() >> 24) })
    }

    /// Noise on a coarse grid, blended between the grid's points in 1/64, stretched to the full range.
    static func clouds(width: Int, height: Int, cell: Int, seed: UInt64) -> Gray {
        let columns = width / cell + 2, rows = height / cell + 2
        let grid = noise(width: columns, height: rows, seed: seed).pixels.map(Int.init)
        var pixels: [UInt8] = []
        pixels.reserveCapacity(width * height)
        for y in 0..<height {
            let (row, fy) = (y / cell, y % cell * 64 / cell)
            for x in 0..<width {
                let (column, fx) = (x / cell, x % cell * 64 / cell)
                let at = row * columns + column
                let top = grid[at] * (64 - fx) + grid[at + 1] * fx
                let bottom = grid[at + columns] * (64 - fx) + grid[at + columns + 1] * fx
                pixels.append(UInt8((top * (64 - fy) + bottom * fy) >> 12))
            }
        }
        return Gray(width: width, height: height, pixels: pixels)
    }

    static func chequers(width: Int, height: Int, cell: Int) -> Gray {
        Gray(
            width: width, height: height,
            pixels: (0..<width * height).map { ($0 % width / cell + $0 / width / cell) % 2 == 0 ? 0 : 255 })
    }

    static func constant(width: Int, height: Int, value: UInt8) -> Gray {
        Gray(width: width, height: height, pixels: [UInt8](repeating: value, count: width * height))
    }
}
