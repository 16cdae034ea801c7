import Imaging

/// How much of each pixel of a rectangle a shape covers, 0 to 1.
struct Mask: Sendable {
    /// In pixels of the canvas; it may reach beyond it at the sides.
    var bounds: Rect
    /// bounds.width x bounds.height shares.
    var coverage: [Float]

    /// The inside of `outline`, with smooth edges: exact across, eight lines a pixel downwards.
    ///
    /// Rows outside 0 ..< height are left out. Where an outline overlaps itself in the same direction it counts once.
    /// - Complexity: O(area + outline height x edges).
    init(_ outline: Outline, height: Int) {
        var low = Point(repeating: .greatestFiniteMagnitude)
        var high = Point(repeating: -.greatestFiniteMagnitude)
        for p in outline.points {
            low = Point(min(low.x, p.x), min(low.y, p.y))
            high = Point(max(high.x, p.x), max(high.y, p.y))
        }
        let left = Int(low.x.rounded(.down)), right = Int(high.x.rounded(.down)) + 2
        let top = max(0, Int(low.y.rounded(.down))), bottom = min(height, Int(high.y.rounded(.down)) + 1)
        bounds = Rect(x: left, y: top, width: right - left, height: max(0, bottom - top))
        coverage = Mask.scan(outline.points, bounds: bounds)
    }

    init(bounds: Rect, coverage: [Float]) {
        self.bounds = bounds
        self.coverage = coverage
    }

    /// The part of this mask inside another.
    func clipped(to other: Mask) -> Mask {
        guard !bounds.intersection(other.bounds).isEmpty else {
            return Mask(bounds: Rect(x: bounds.x, y: bounds.y, width: 0, height: 0), coverage: [])
        }
        var result = self
        let common = bounds.intersection(other.bounds)
        for y in bounds.y..<bounds.maxY {
            let row = (y - bounds.y) * bounds.width - bounds.x
            let otherRow = (y - other.bounds.y) * other.bounds.width - other.bounds.x
            if y < common.y || y >= common.maxY {
                for x in bounds.x..<bounds.maxX { result.coverage[row + x] = 0 }
                continue
            }
            for x in bounds.x..<common.x { result.coverage[row + x] = 0 }
            for x in common.x..<common.maxX { result.coverage[row + x] *= other.coverage[otherRow + x] }
            for x in common.maxX..<bounds.maxX { result.coverage[row + x] = 0 }
        }
        return result
    }

    func moved(x: Int, y: Int) -> Mask {
        Mask(bounds: bounds.offsetBy(x: x, y: y), coverage: coverage)
    }
}
