/// Which part of a source a warp reads, by how much that is reduced first, and the warp from the reduced part.
struct WarpPlan {
    let factor: Int
    let region: Rect
    let warp: SimilarityWarp

    var reducedSize: Size { Size(width: region.width / factor, height: region.height / factor) }

    /// The region in the pixels of a reduced larger region, both being made of whole blocks.
    func part(of larger: Rect) -> Rect {
        Rect(
            x: (region.x - larger.x) / factor, y: (region.y - larger.y) / factor, width: reducedSize.width,
            height: reducedSize.height)
    }

    init(_ warp: SimilarityWarp, from source: Size, to size: Size) {
        precondition(size.width > 0 && size.height > 0, "a warped picture has at least one pixel")
        let factor = max(1, Int(min(warp.scale, Double(min(source.width, source.height)))))
        let right = Double(size.width - 1)
        let bottom = Double(size.height - 1)
        let corners = [Place(0, 0), Place(right, 0), Place(0, bottom), Place(right, bottom)].map { warp.source(of: $0) }
        /// Whole blocks of `factor` pixels, one block wider than what is read.
        func range(_ values: [Double], _ limit: Int) -> (start: Int, count: Int) {
            let margin = Double(2 * factor)
            let low = min(max((values.min() ?? 0) - margin, 0), Double(limit - 1))
            let high = min(max((values.max() ?? 0) + margin, 0), Double(limit - 1))
            let blocks = limit / factor
            let first = min(Int(low) / factor, blocks - 1)
            let last = min(Int(high) / factor, blocks - 1)
            return (first * factor, (last - first + 1) * factor)
        }
        let (columns, rows) = (range(corners.map(\.x), source.width), range(corners.map(\.y), source.height))
        self.factor = factor
        region = Rect(x: columns.start, y: rows.start, width: columns.count, height: rows.count)
        // Block i covers pixels i * factor ..< (i + 1) * factor: its centre lies (factor - 1) / 2 behind its first pixel.
        let f = Double(factor)
        let corner = Place(Double(columns.start), Double(rows.start)) + (f - 1) / 2
        self.warp = SimilarityWarp(a: warp.a / f, b: warp.b / f, shift: (warp.shift - corner) / f)
    }
}
