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

    /// The share at a pixel, 0 outside the bounds.
    func share(x: Int, y: Int) -> Float {
        guard x >= bounds.x, x < bounds.maxX, y >= bounds.y, y < bounds.maxY else { return 0 }
        return coverage[(y - bounds.y) * bounds.width + x - bounds.x]
    }

    /// The part of this mask inside (or outside) another.
    func clipped(to other: Mask, inside: Bool = true) -> Mask {
        var result = self
        for y in bounds.y..<bounds.maxY {
            let row = (y - bounds.y) * bounds.width - bounds.x
            for x in bounds.x..<bounds.maxX where coverage[row + x] > 0 {
                let share = other.share(x: x, y: y)
                result.coverage[row + x] *= inside ? share : 1 - share
            }
        }
        return result
    }

    func moved(x: Int, y: Int) -> Mask {
        Mask(bounds: bounds.offsetBy(x: x, y: y), coverage: coverage)
    }
}
