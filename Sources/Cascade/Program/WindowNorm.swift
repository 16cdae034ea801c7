import Imaging

/// The contrast of a window, by which feature values are divided, and the least contrast that is looked at.
///
/// With A pixels in the window without its border of one pixel, their sum s and the sum of their squares q, the spread is
/// A q - s^2 (A^2 times the variance) and the norm the Float nearest to 1 / sqrt(spread). A window passes if A norm < 0.1,
/// about 10 gray levels of standard deviation.
struct WindowNorm: Sendable {
    let area: Double
    /// The norm is a falling function of the spread, so that a window passes exactly from this spread on.
    let leastSpread: Double
    /// Whether the sum of squares stays below 2^31.
    let fitsInt32: Bool

    init(window: Size) {
        let area = Double((window.width - 2) * (window.height - 2))
        self.area = area
        fitsInt32 = area * 65025 < 0x1p31
        // Positive Doubles have the order of their bit patterns: bisect over those.
        var failing = 0.0.bitPattern, passing = 0x1p63.bitPattern
        while passing - failing > 1 {
            let middle = failing + (passing - failing) / 2
            if area * Double(Float(1 / Double(bitPattern: middle).squareRoot())) < 0.1 { passing = middle } else { failing = middle }
        }
        leastSpread = Double(bitPattern: passing)
    }
}
