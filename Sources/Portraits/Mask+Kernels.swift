import Imaging

extension Mask {
    private static let linesPerPixel = 8

    /// Coverage of the polygon in `bounds`, which holds all of it at the sides.
    ///
    /// Each scan line adds +-1/8 where an edge crosses it, split over the two pixels next to the crossing; the running sum along a
    /// row is then the coverage. Writes stay inside: a crossing is clamped to the columns, the last excepted.
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
        var spare = plane
        for _ in 0..<2 {
            Mask.meanOfRows(plane, into: &spare, size: grown.size, radius: radius)
            Mask.meanAlongRows(spare, into: &plane, size: grown.size, radius: radius)
        }
        return Mask(bounds: grown, coverage: plane)
    }

    /// Every row becomes the mean of itself and `radius` rows above and below; outside there is nothing.
    private static func meanOfRows(_ source: [Float], into target: inout [Float], size: Size, radius: Int) {
        let width = size.width, height = size.height
        let weight = 1 / Float(2 * radius + 1)
        var sums = [Float](repeating: 0, count: width)
        source.withUnsafeBufferPointer { source in
            target.withUnsafeMutableBufferPointer { target in
                sums.withUnsafeMutableBufferPointer { sums in
                    for y in -radius..<height {
                        let entering = y + radius, leaving = y - radius - 1
                        if entering < height { for x in 0..<width { sums[x] += source[entering * width + x] } }
                        if leaving >= 0 { for x in 0..<width { sums[x] -= source[leaving * width + x] } }
                        if y >= 0 { for x in 0..<width { target[y * width + x] = max(0, sums[x] * weight) } }
                    }
                }
            }
        }
    }

    /// The same along each row.
    private static func meanAlongRows(_ source: [Float], into target: inout [Float], size: Size, radius: Int) {
        let width = size.width
        let weight = 1 / Float(2 * radius + 1)
        source.withUnsafeBufferPointer { source in
            target.withUnsafeMutableBufferPointer { target in
                for row in stride(from: 0, to: width * size.height, by: width) {
                    var sum: Float = 0
                    for x in 0..<min(radius, width) { sum += source[row + x] }
                    for x in 0..<width {
                        if x + radius < width { sum += source[row + x + radius] }
                        if x > radius { sum -= source[row + x - radius - 1] }
                        target[row + x] = max(0, sum * weight)
                    }
                }
            }
        }
    }
}
