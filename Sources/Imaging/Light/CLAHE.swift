/// What `CLAHE` is made of.
public struct CLAHEParameters: Hashable, Sendable, Codable {
    /// How often a level may occur in a tile, in multiples of the mean; 0 for no limit, at most 1000.
    public var clipLimit: Double
    /// Tiles beside each other; 1 to 256.
    public var columns: Int
    /// Tiles one below the other; 1 to 256.
    public var rows: Int

    /// Parameters as they are; `CLAHE` checks them.
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
    /// Clip limit and tiles, checked.
    public let parameters: CLAHEParameters

    /// - Throws: `DescriptorError.invalidParameter`.
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
        var tables: [UInt8] = []
        tables.reserveCapacity(256 * parameters.rows * parameters.columns)
        for row in 0..<parameters.rows {
            for column in 0..<parameters.columns {
                let counts = tileCounts(
                    gray, rows: down[row * tile.height..<(row + 1) * tile.height],
                    columns: across[column * tile.width..<(column + 1) * tile.width])
                tables += table(of: counts, area: tile.area)
            }
        }
        return blendedTables(
            gray, tables,
            columns: (0..<gray.width).map { TilePair($0, side: tile.width, tiles: parameters.columns) },
            rows: (0..<gray.height).map { TilePair($0, side: tile.height, tiles: parameters.rows) }, pitch: parameters.columns)
    }

    /// What each level becomes in a tile with these counts.
    private func table(of counts: [Int], area: Int) -> [UInt8] {
        var counts = counts
        if parameters.clipLimit > 0 { clip(&counts, above: max(Int(parameters.clipLimit * Double(area) / 256), 1)) }
        return scaledRunningSums(counts, scale: Float(255) / Float(area))
    }

    /// Cuts counts and shares what was cut out over all levels, the remainder at even distances.
    private func clip(_ counts: inout [Int], above limit: Int) {
        let clipped = counts.reduce(0) { $0 + max($1 - limit, 0) }
        guard clipped > 0 else { return }
        let share = clipped / 256
        counts = counts.map { min($0, limit) + share }
        let rest = clipped % 256
        let step = max(256 / max(rest, 1), 1)
        for i in 0..<rest where i * step < 256 { counts[i * step] += 1 }
    }

    /// Place i of a line of n, mirrored about its last sample (and its first, for lines shorter than what is added).
    private static func mirrored(_ i: Int, _ n: Int) -> Int {
        if n == 1 { return 0 }
        let r = i % (2 * (n - 1))
        return min(r, 2 * (n - 1) - r)
    }
}
