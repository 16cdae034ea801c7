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
    var headband: Bool

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
        headband = dice.chance(0.16)
    }

    /// Whether the accent shows at a place of the torso, in head units from its middle line and from the collar down.
    @inline(__always)
    func accentShows(_ x: Float, _ y: Float) -> Bool {
        switch pattern {
        case .plain: return false
        case .shoulderStripes: return abs(x) > 0.78 && (abs(abs(x) - 0.98) < 0.045 || abs(abs(x) - 1.14) < 0.045)
        case .hoops: return y > 0.15 && (y * 2.2 - (y * 2.2).rounded(.down)) > 0.55
        case .sash: return abs(x + y - 0.55) < 0.17
        case .halves: return x > 0
        case .yoke: return y < 0.34 - abs(x) * 0.1
        }
    }
}
