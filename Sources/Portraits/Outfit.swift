/// What an athlete wears that day; drawn anew for every portrait, so that no jersey gives a name away.
struct Outfit: Sendable {
    enum Pattern: CaseIterable, Sendable {
        case plain, shoulderStripes, hoops, sash, halves, yoke
    }
    enum Collar: CaseIterable, Sendable {
        case round, pointed, jacket
    }

    var base: Colour
    var accent: Colour
    var pattern: Pattern
    var collar: Collar

    private static let pairs: [(UInt32, UInt32)] = [
        (0x1F4E79, 0xF2F2EE), (0xF4F1EA, 0xC23B3B), (0xB3282D, 0xF6E7C8), (0x1E6B52, 0xF5D547), (0x2B2D42, 0xEF8354), (0xF2C14E, 0x2D4059),
        (0x3F7CAC, 0xE8EEF2), (0xE9724C, 0x2A2A38), (0x5B3A6B, 0xF0C987), (0xEDEDED, 0x2A6F97), (0x2E3532, 0x9FD356), (0x0E7C7B, 0xF4F1DE),
    ]

    init(dice: inout SeededDice) {
        let pair = dice.pick(Outfit.pairs)
        base = Colour(hex: pair.0)
        accent = Colour(hex: pair.1)
        pattern = dice.pick(Pattern.allCases)
        collar = dice.pick(Collar.allCases)
    }

    /// How much of the accent shows at a place of the torso, in head units from its middle line and from the collar down; `edge` is the
    /// width over which one colour gives way to the other.
    @inline(__always)
    func accentShare(_ x: Float, _ y: Float, edge: Float) -> Float {
        /// 1 where `depth` is positive.
        func inside(_ depth: Float) -> Float { max(0, min(1, depth / edge + 0.5)) }
        switch pattern {
        case .plain: return 0
        case .shoulderStripes: return max(inside(0.045 - abs(abs(x) - 1.0)), inside(0.045 - abs(abs(x) - 1.16)))
        case .hoops:
            let place = (y + x * x * 0.06) * 2.2
            return inside(0.10 - abs(place - place.rounded(.down) - 0.5) * 0.45) * inside(y - 0.15)
        case .sash: return inside(0.17 - abs(x + y - 0.55) * 0.7)
        case .halves: return inside(x)
        case .yoke: return inside(0.34 - abs(x) * 0.1 - y)
        }
    }
}
