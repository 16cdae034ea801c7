/// A place or direction in pixels, x to the right and y downwards.
typealias Point = SIMD2<Float>

/// A closed polygon in pixels, usually the flattening of smooth curves.
struct Outline: Sendable {
    var points: [Point]

    init(_ points: [Point]) { self.points = points }

    /// The closed smooth curve through all points (Catmull-Rom).
    init(smooth points: [Point], steps: Int = 8) {
        let n = points.count
        var flat: [Point] = []
        flat.reserveCapacity(n * steps)
        for i in 0..<n {
            Outline.appendSegment(
                points[(i + n - 1) % n], points[i], points[(i + 1) % n], points[(i + 2) % n], steps: steps, to: &flat)
        }
        self.points = flat
    }

    /// The closed curve of several open curves one after the other; corners stand where they meet.
    init(curves: [[Point]], steps: Int = 8) {
        points = curves.flatMap { Outline.curve($0, steps: steps) }
    }

    /// A line of varying thickness around the smooth curve through `points`; `widths` are full widths, linear between the ends given.
    init(stroke points: [Point], widths: [Float], steps: Int = 6) {
        let line = Outline.curve(points, steps: steps)
        var left: [Point] = []
        var right: [Point] = []
        for i in 0..<line.count {
            let along = line[min(i + 1, line.count - 1)] - line[max(i - 1, 0)]
            let length = max(1e-4, (along * along).sum().squareRoot())
            let place = Float(i) / Float(max(1, line.count - 1)) * Float(widths.count - 1)
            let k = min(Int(place), max(0, widths.count - 2))
            let next = widths[min(k + 1, widths.count - 1)]
            let half = (widths[k] + (next - widths[k]) * (place - Float(k))) * 0.5
            let across = Point(-along.y, along.x) * (half / length)
            left.append(line[i] + across)
            right.append(line[i] - across)
        }
        self.points = left + right.reversed()
    }

    /// The open smooth curve through all points, flattened.
    static func curve(_ points: [Point], steps: Int = 8) -> [Point] {
        var flat: [Point] = []
        for i in 0..<(points.count - 1) {
            appendSegment(
                points[max(i - 1, 0)], points[i], points[i + 1], points[min(i + 2, points.count - 1)], steps: steps, to: &flat)
        }
        flat.append(points[points.count - 1])
        return flat
    }

    private static func appendSegment(_ a: Point, _ b: Point, _ c: Point, _ d: Point, steps: Int, to flat: inout [Point]) {
        let linear = (c - a) * 0.5
        let square = a - b * 2.5 + c * 2 - d * 0.5
        let cube = (b - c) * 1.5 + (d - a) * 0.5
        for step in 0..<steps {
            let t = Float(step) / Float(steps)
            flat.append(b + (linear + (square + cube * t) * t) * t)
        }
    }
}
