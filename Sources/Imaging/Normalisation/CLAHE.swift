/// What `CLAHE` is made of.
public struct CLAHEParameters: Hashable, Sendable, Codable {
    /// How often a level may occur in a tile, in multiples of the mean; 0 for no limit, at most 1000.
    public var clipLimit: Double
    /// Tiles along the rows and along the columns; 1 to 256.
    public var columns: Int
    public var rows: Int

    public init(clipLimit: Double = 2, columns: Int = 8, rows: Int = 8) {
        self.clipLimit = clipLimit
        self.columns = columns
        self.rows = rows
    }
}

/// Contrast-limited adaptive histogram equalisation: equalisation by tiles, with limited slope, blended between tiles.
///
/// The picture is extended to whole tiles by mirroring about its last row and column. In each tile, counts above
/// max(1, clipLimit * area / 256) are cut and shared out over all levels, the remainder at even distances; the table is the
/// running sum times 255 / area, rounded to even. Each pixel blends the tables of the four tile centres around it in Float.
/// The numbers of OpenCV 4.14's `createCLAHE`.
///
/// Source: K. Zuiderveld, "Contrast limited adaptive histogram equalization", Graphics Gems IV, 1994.
public struct CLAHE: Hashable, Sendable {
    public let parameters: CLAHEParameters

    /// - Throws: `DescriptorError.badParameter`.
    public init(_ parameters: CLAHEParameters = CLAHEParameters()) throws(DescriptorError) {
        try DescriptorError.require(0...1000 ~= parameters.clipLimit, "clipLimit", parameters.clipLimit, "0 to 1000")
        try DescriptorError.require(1...256 ~= parameters.columns, "columns", parameters.columns, "1 to 256")
        try DescriptorError.require(1...256 ~= parameters.rows, "rows", parameters.rows, "1 to 256")
        self.parameters = parameters
    }

    /// The plane equalised.
    /// - Complexity: O(pixels + 256 tiles).
    public func applied(to gray: Gray) -> Gray {
        // Both sides grow when either does, as OpenCV has it.
        let isWhole = gray.width.isMultiple(of: parameters.columns) && gray.height.isMultiple(of: parameters.rows)
        let extraColumns = isWhole ? 0 : parameters.columns - gray.width % parameters.columns
        let extraRows = isWhole ? 0 : parameters.rows - gray.height % parameters.rows
        let tile = Size(
            width: (gray.width + extraColumns) / parameters.columns, height: (gray.height + extraRows) / parameters.rows)
        let across = (0..<gray.width + extraColumns).map { Self.mirrored($0, gray.width) }
        let down = (0..<gray.height + extraRows).map { Self.mirrored($0, gray.height) }
        var tables: [[UInt8]] = []
        for row in 0..<parameters.rows {
            for column in 0..<parameters.columns {
                var counts = [Int](repeating: 0, count: 256)
                for y in row * tile.height..<(row + 1) * tile.height {
                    for x in column * tile.width..<(column + 1) * tile.width {
                        counts[Int(gray.pixels[down[y] * gray.width + across[x]])] += 1
                    }
                }
                tables.append(table(of: counts, area: tile.area))
            }
        }
        return blended(gray, tables, tile)
    }

    private func table(of counts: [Int], area: Int) -> [UInt8] {
        var counts = counts
        if parameters.clipLimit > 0 {
            let limit = max(Int(parameters.clipLimit * Double(area) / 256), 1)
            var clipped = 0
            for level in 0..<256 where counts[level] > limit {
                clipped += counts[level] - limit
                counts[level] = limit
            }
            let share = clipped / 256
            var rest = clipped % 256
            for level in 0..<256 { counts[level] += share }
            if rest > 0 {
                let step = max(256 / rest, 1)
                var level = 0
                while level < 256 && rest > 0 {
                    counts[level] += 1
                    level += step
                    rest -= 1
                }
            }
        }
        let scale = Float(255) / Float(area)
        var sum = 0
        return counts.map { count in
            sum += count
            return UInt8(min(max((Float(sum) * scale).rounded(.toNearestOrEven), 0), 255))
        }
    }

    private func blended(_ gray: Gray, _ tables: [[UInt8]], _ tile: Size) -> Gray {
        func neighbours(_ i: Int, _ inverse: Float, _ count: Int) -> (first: Int, second: Int, weight: Float) {
            let place = Float(i) * inverse - 0.5
            let whole = place.rounded(.down)
            return (max(Int(whole), 0), min(Int(whole) + 1, count - 1), place - whole)
        }
        let columns = (0..<gray.width).map { neighbours($0, 1 / Float(tile.width), parameters.columns) }
        var result: [UInt8] = []
        result.reserveCapacity(gray.pixels.count)
        for y in 0..<gray.height {
            let row = neighbours(y, 1 / Float(tile.height), parameters.rows)
            let (upper, lower) = (row.first * parameters.columns, row.second * parameters.columns)
            for x in 0..<gray.width {
                let column = columns[x]
                let level = Int(gray.pixels[y * gray.width + x])
                let top =
                    Float(tables[upper + column.first][level]) * (1 - column.weight)
                    + Float(tables[upper + column.second][level]) * column.weight
                let bottom =
                    Float(tables[lower + column.first][level]) * (1 - column.weight)
                    + Float(tables[lower + column.second][level]) * column.weight
                let value = top * (1 - row.weight) + bottom * row.weight
                result.append(UInt8(min(max(value.rounded(.toNearestOrEven), 0), 255)))
            }
        }
        return Gray(width: gray.width, height: gray.height, pixels: result)
    }

    /// Place i of a line of n, mirrored about its last sample (and its first, for lines shorter than what is added).
    private static func mirrored(_ i: Int, _ n: Int) -> Int {
        if n == 1 { return 0 }
        let r = i % (2 * (n - 1))
        return min(r, 2 * (n - 1) - r)
    }
}
