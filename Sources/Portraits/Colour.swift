/// Red, green and blue light in lanes 0 to 2, 1 for white; lane 3 is unused.
///
/// A value is the square of the display value (a gamma of 2), near enough to linear light for shades and blurs to look natural, and the
/// same everywhere: a product there, an IEEE square root back.
typealias Colour = SIMD4<Float>

extension Colour {
    /// From a display colour 0xRRGGBB.
    init(hex: UInt32) {
        let display = SIMD4<Float>(Float((hex >> 16) & 255), Float((hex >> 8) & 255), Float(hex & 255), 0) * (1 / 255)
        self = display * display
    }

    static func gray(_ display: Float) -> Colour { Colour(repeating: display * display) }

    @inline(__always)
    func mixed(with other: Colour, _ share: Float) -> Colour { self + (other - self) * share }
}

/// 0 below `low`, 1 above `high`, a smooth cubic between.
@inline(__always)
func smoothStep(_ low: Float, _ high: Float, _ x: Float) -> Float {
    let t = max(0, min(1, (x - low) / (high - low)))
    return t * t * (3 - 2 * t)
}
