import Imaging

extension Canvas {
    /// Covers every pixel of `mask` with what `colour` makes of its place and of what is there.
    /// - Complexity: O(pixels of the mask).
    @inline(__always)
    mutating func paint(_ mask: Mask, opacity: Float = 1, _ colour: (_ x: Float, _ y: Float, _ under: Colour) -> Colour) {
        let area = mask.bounds.intersection(Rect(x: 0, y: 0, width: width, height: height))
        guard !area.isEmpty else { return }
        let width = width
        pixels.withUnsafeMutableBufferPointer { pixels in
            mask.coverage.withUnsafeBufferPointer { coverage in
                for y in area.y..<area.maxY {
                    let row = y * width
                    let maskRow = (y - mask.bounds.y) * mask.bounds.width - mask.bounds.x
                    for x in area.x..<area.maxX {
                        let share = coverage[maskRow + x]
                        if share > 0 {
                            let under = pixels[row + x]
                            pixels[row + x] = under + (colour(Float(x), Float(y), under) - under) * (share * opacity)
                        }
                    }
                }
            }
        }
    }

    /// The same for a soft ellipse, optionally inside a mask.
    @inline(__always)
    mutating func paint(_ ellipse: SoftEllipse, opacity: Float, clip: Mask?, _ colour: (_ under: Colour) -> Colour) {
        let reach = ellipse.reach
        var area = Rect(x: 0, y: 0, width: width, height: height)
        let left = Int((ellipse.centre.x - reach.x).rounded(.down)), top = Int((ellipse.centre.y - reach.y).rounded(.down))
        area = area.intersection(
            Rect(
                x: left, y: top, width: Int((ellipse.centre.x + reach.x).rounded(.up)) + 1 - left,
                height: Int((ellipse.centre.y + reach.y).rounded(.up)) + 1 - top))
        if let clip { area = area.intersection(clip.bounds) }
        guard !area.isEmpty else { return }
        let (toU, toV) = ellipse.inverse
        let fade = 1 / max(1e-3, 1 - ellipse.core)
        let width = width
        pixels.withUnsafeMutableBufferPointer { pixels in
            for y in area.y..<area.maxY {
                let row = y * width
                let dy = Float(y) + 0.5 - ellipse.centre.y
                for x in area.x..<area.maxX {
                    let dx = Float(x) + 0.5 - ellipse.centre.x
                    let u = toU.x * dx + toU.y * dy, v = toV.x * dx + toV.y * dy
                    let square = u * u + v * v
                    if square < 1 {
                        let t = min(1, (1 - square.squareRoot()) * fade)
                        var share = t * t * (3 - 2 * t) * opacity
                        if let clip { share *= clip.coverage[(y - clip.bounds.y) * clip.bounds.width + x - clip.bounds.x] }
                        let under = pixels[row + x]
                        pixels[row + x] = under + (colour(under) - under) * share
                    }
                }
            }
        }
    }

    /// Puts `small` over the whole canvas, enlarged with bilinear weights: what is painted there comes out softly out of focus.
    mutating func spread(_ small: Canvas) {
        let scaleX = Float(small.width) / Float(width), scaleY = Float(small.height) / Float(height)
        let width = width, height = height
        pixels.withUnsafeMutableBufferPointer { pixels in
            small.pixels.withUnsafeBufferPointer { source in
                for y in 0..<height {
                    let v = max(0, min(Float(small.height - 1), (Float(y) + 0.5) * scaleY - 0.5))
                    let top = Int(v), share = v - Float(Int(v))
                    let upper = top * small.width, lower = min(top + 1, small.height - 1) * small.width
                    for x in 0..<width {
                        let u = max(0, min(Float(small.width - 1), (Float(x) + 0.5) * scaleX - 0.5))
                        let left = Int(u), right = min(left + 1, small.width - 1), part = u - Float(left)
                        let a = source[upper + left] + (source[upper + right] - source[upper + left]) * part
                        let b = source[lower + left] + (source[lower + right] - source[lower + left]) * part
                        pixels[y * width + x] = a + (b - a) * share
                    }
                }
            }
        }
    }
}
