import Imaging

extension Mask {
    private static let linesPerPixel = 8

    /// Coverage of the polygon in `bounds`, which holds all of it at the sides.
    ///
    /// Each scan line adds +-1/8 where an edge crosses it, split over the two pixels next to the crossing; the running sum along a row is
    /// then the coverage. Writes stay inside: a crossing lies between the leftmost and the rightmost point, and `bounds` has one column more.
    static func scan(_ points: [Point], bounds: Rect) -> [Float] {
        let width = bounds.width, height = bounds.height
        guard width > 0, height > 0 else { return [] }
        var plane = [Float](repeating: 0, count: width * height)
        let lines = Float(linesPerPixel)
        let origin = Point(Float(bounds.x), Float(bounds.y))
        plane.withUnsafeMutableBufferPointer { plane in
            var previous = points[points.count - 1] - origin
            for point in points {
                let next = point - origin
                let (upper, lower, sign): (Point, Point, Float) =
                    previous.y < next.y ? (previous, next, 1 / lines) : (next, previous, -1 / lines)
                previous = next
                // Line k lies at y = (k + 0.5) / lines.
                let first = max(0, Int((upper.y * lines - 0.5).rounded(.up)))
                let end = min(height * linesPerPixel, Int((lower.y * lines - 0.5).rounded(.up)))
                guard first < end else { continue }
                let slope = (lower.x - upper.x) / (lower.y - upper.y)
                for line in first..<end {
                    let x = max(0, min(Float(width) - 1.001, upper.x + ((Float(line) + 0.5) / lines - upper.y) * slope))
                    let column = Int(x)
                    let part = (x - Float(column)) * sign
                    let at = (line / linesPerPixel) * width + column
                    plane[at] += sign - part
                    plane[at + 1] += part
                }
            }
            for row in 0..<height {
                var sum: Float = 0
                for at in (row * width)..<((row + 1) * width) {
                    sum += plane[at]
                    plane[at] = min(1, abs(sum))
                }
            }
        }
        return plane
    }

    /// The mask with edges softened over about `radius` pixels each way: two box means, so a triangle of weights.
    func softened(radius: Int, canvasHeight: Int) -> Mask {
        guard radius > 0 else { return self }
        let margin = 2 * radius
        let top = max(0, bounds.y - margin), bottom = min(canvasHeight, bounds.maxY + margin)
        let grown = Rect(x: bounds.x - margin, y: top, width: bounds.width + 2 * margin, height: max(0, bottom - top))
        var plane = [Float](repeating: 0, count: grown.area)
        for y in max(top, bounds.y)..<max(top, min(bottom, bounds.maxY)) {
            let from = (y - bounds.y) * bounds.width, to = (y - top) * grown.width + margin
            for x in 0..<bounds.width { plane[to + x] = coverage[from + x] }
        }
        for _ in 0..<2 {
            Mask.boxMean(&plane, lines: grown.height, length: grown.width, lineStep: grown.width, step: 1, radius: radius)
            Mask.boxMean(&plane, lines: grown.width, length: grown.height, lineStep: 1, step: grown.width, radius: radius)
        }
        return Mask(bounds: grown, coverage: plane)
    }

    /// The mean of 2 radius + 1 neighbours along every line; the ends repeat.
    private static func boxMean(_ plane: inout [Float], lines: Int, length: Int, lineStep: Int, step: Int, radius: Int) {
        guard length > 0 else { return }
        let weight = 1 / Float(2 * radius + 1)
        var line = [Float](repeating: 0, count: length + 2 * radius + 1)
        plane.withUnsafeMutableBufferPointer { plane in
            line.withUnsafeMutableBufferPointer { line in
                for number in 0..<lines {
                    let base = number * lineStep
                    for i in 0..<line.count { line[i] = plane[base + max(0, min(length - 1, i - radius)) * step] }
                    var sum: Float = 0
                    for i in 0..<(2 * radius + 1) { sum += line[i] }
                    for i in 0..<length {
                        plane[base + i * step] = sum * weight
                        sum += line[i + 2 * radius + 1 < line.count ? i + 2 * radius + 1 : line.count - 1] - line[i]
                    }
                }
            }
        }
    }
}
