import Imaging

/// Heights above the head's ellipsoid over a rectangle of pixels: nose, brows, sockets, lips and chin, from which light makes the shading.
struct Relief: Sendable {
    let bounds: Rect
    /// Height in head units.
    private(set) var heights: [Float]

    init(bounds: Rect) {
        self.bounds = bounds
        heights = [Float](repeating: 0, count: max(0, bounds.area))
    }

    /// Adds a smooth bump, (1 - r^2)^2 high at distance r from its middle; a negative `height` is a hollow.
    mutating func add(_ shape: SoftEllipse, height: Float) {
        let reach = shape.reach
        let left = Int((shape.centre.x - reach.x).rounded(.down)), top = Int((shape.centre.y - reach.y).rounded(.down))
        let area = bounds.intersection(
            Rect(
                x: left, y: top, width: Int((shape.centre.x + reach.x).rounded(.up)) + 1 - left,
                height: Int((shape.centre.y + reach.y).rounded(.up)) + 1 - top))
        guard !area.isEmpty else { return }
        let (toU, toV) = shape.inverse
        let bounds = bounds
        heights.withUnsafeMutableBufferPointer { heights in
            for y in area.y..<area.maxY {
                let row = (y - bounds.y) * bounds.width - bounds.x
                let dy = Float(y) + 0.5 - shape.centre.y
                for x in area.x..<area.maxX {
                    let dx = Float(x) + 0.5 - shape.centre.x
                    let u = toU.x * dx + toU.y * dy, v = toV.x * dx + toV.y * dy
                    let inside = max(0, 1 - u * u - v * v)
                    heights[row + x] += height * inside * inside
                }
            }
        }
    }
}

/// The ellipsoid a head is lit as.
struct HeadForm: Sendable {
    var shape: SoftEllipse
    /// Pixels per head unit.
    var unit: Float
}

extension Canvas {
    /// Lights what is painted inside `mask`: every colour is multiplied by the light on the ellipsoid with its relief, and gets a sheen.
    ///
    /// - Parameters:
    ///   - gloss: the sheen's strength; sweat shines more.
    ///   - blood: the tint of light that has passed through skin, seen where light turns to shade.
    mutating func light(_ mask: Mask, form: HeadForm, relief: Relief, light: Light, gloss: Float, blood: Colour) {
        let area = mask.bounds.intersection(relief.bounds).intersection(Rect(x: 0, y: 0, width: width, height: height))
        guard !area.isEmpty else { return }
        let (toU, toV) = form.shape.inverse
        var half = light.direction + SIMD3<Float>(0, 0, 1)
        half /= (half * half).sum().squareRoot()
        let steep = form.unit * 0.5
        let frame = relief.bounds
        let width = width
        pixels.withUnsafeMutableBufferPointer { pixels in
            relief.heights.withUnsafeBufferPointer { heights in
                for y in area.y..<area.maxY {
                    let dy = Float(y) + 0.5 - form.shape.centre.y
                    let row = (y - frame.y) * frame.width - frame.x
                    let upper = (max(y - 1, frame.y) - frame.y) * frame.width - frame.x
                    let lower = (min(y + 1, frame.maxY - 1) - frame.y) * frame.width - frame.x
                    for x in area.x..<area.maxX {
                        let share = mask.coverage[(y - mask.bounds.y) * mask.bounds.width + x - mask.bounds.x]
                        guard share > 0 else { continue }
                        let dx = Float(x) + 0.5 - form.shape.centre.x
                        let u = toU.x * dx + toU.y * dy, v = toV.x * dx + toV.y * dy
                        let depth = max(0.06, 1 - u * u - v * v).squareRoot()
                        let gx = (heights[row + min(x + 1, frame.maxX - 1)] - heights[row + max(x - 1, frame.x)]) * steep
                        let gy = (heights[lower + x] - heights[upper + x]) * steep
                        var normal = SIMD3<Float>(u - gx, v * 0.5 - gy, depth)
                        normal /= (normal * normal).sum().squareRoot()
                        let facing = (normal * light.direction).sum()
                        let turning = max(0, 1 - abs(facing) * 2.6)
                        var lit = light.on(normal)
                        lit = lit.mixed(with: lit * blood, turning)
                        var shine = max(0, (normal * half).sum())
                        shine *= shine
                        shine *= shine
                        shine *= shine
                        shine *= shine
                        let under = pixels[y * width + x]
                        let rimShare = max(0, normal.x * light.rimSide - 0.45) * (1.9 - depth)
                        let edge = light.rim * (rimShare * rimShare)
                        let result = under * (lit + edge) + light.key * (shine * gloss)
                        pixels[y * width + x] = under + (result - under) * share
                    }
                }
            }
        }
    }
}
