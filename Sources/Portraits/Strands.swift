/// Values between -1 and 1 that vary smoothly along a line: the tone of hair from strand to strand.
struct Strands: Sendable {
    private var values: [Float]

    init(dice: inout SeededDice) {
        values = (0..<256).map { _ in dice.uniform(-1, 1) }
    }

    /// Smooth value noise with one knot for each whole number.
    @inline(__always)
    func tone(_ place: Float) -> Float {
        let whole = place.rounded(.down)
        let part = place - whole
        let i = Int(whole) & 255
        let a = values[i], b = values[(i + 1) & 255]
        return a + (b - a) * part * part * (3 - 2 * part)
    }

    /// Broad locks and fine hairs together.
    @inline(__always)
    func hair(_ place: Float) -> Float { tone(place) * 0.6 + tone(place * 3.3 + 17) * 0.4 }

    /// A number that grows once round a centre, from 0 to 4, like an angle without its trigonometry.
    @inline(__always)
    static func around(_ x: Float, _ y: Float) -> Float {
        let sum = max(1e-5, abs(x) + abs(y))
        let part = x / sum
        return y < 0 ? 1 + part : 3 - part
    }
}
