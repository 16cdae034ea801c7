extension Athlete {
    /// An invented person beside the five of the demo: face, colours and hair are drawn from `seed` and `number` within the range of what
    /// looks like a person. As many as are asked for; two of them may look alike, as people do.
    /// - Precondition: `number` is not negative.
    /// - Complexity: O(1).
    public static func invented(_ number: Int, seed: UInt64) -> Athlete {
        precondition(number >= 0, "people are numbered from 0")
        var dice = SeededDice(seed: seed, keys: 0x70656f706c65, UInt64(number))
        let digits = String(number)
        let numeral = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        return Athlete(
            label: "person_\(numeral)", name: "Person \(numeral)", face: FaceShape(dice: &dice), complexion: Complexion(dice: &dice),
            hairstyles: HairStyle.worn(dice: &dice))
    }
}

extension FaceShape {
    /// Proportions somewhat beyond the range of the five athletes'.
    init(dice: inout SeededDice) {
        cheek = dice.uniform(0.66, 0.76)
        jaw = dice.uniform(0.49, 0.65)
        chin = dice.uniform(0.16, 0.30)
        length = dice.uniform(0.96, 1.08)
        eyeDistance = dice.uniform(0.29, 0.35)
        eyeWidth = dice.uniform(0.145, 0.195)
        eyeOpening = dice.uniform(0.052, 0.098)
        eyeSlant = dice.uniform(-0.012, 0.036)
        browHeight = dice.uniform(0.155, 0.235)
        browThickness = dice.uniform(0.04, 0.095)
        browArch = dice.uniform(0.01, 0.085)
        noseLength = dice.uniform(0.35, 0.48)
        noseWidth = dice.uniform(0.115, 0.19)
        noseBridge = dice.uniform(0.6, 1.35)
        mouthWidth = dice.uniform(0.235, 0.305)
        upperLip = dice.uniform(0.035, 0.092)
        lowerLip = dice.uniform(0.06, 0.115)
        mouthDrop = dice.uniform(0.17, 0.215)
        hairline = dice.uniform(-0.79, -0.67)
        cheekbone = dice.uniform(0.7, 1.35)
    }
}

extension Complexion {
    /// Skin, hair and eyes from the palettes below, mixed with a neighbour in them so that hardly two are the same.
    init(dice: inout SeededDice) {
        let tone = dice.uniform(0, 1)
        skin = Self.mixed(Self.skins, tone)
        blush = Self.mixed(Self.blushes, tone)
        lips = Self.mixed(Self.lips, tone)
        hair = Self.mixed(Self.hairs, dice.uniform(0, 1))
        sheen = hair.mixed(with: .gray(0.75), dice.uniform(0.15, 0.4))
        brows = hair.mixed(with: .gray(0.08), dice.uniform(0.1, 0.6))
        iris = Self.mixed(Self.irises, dice.uniform(0, 1))
        freckles = dice.chance(0.25) ? dice.uniform(0.2, 1) : 0
        stubble = dice.chance(0.3) ? dice.uniform(0.1, 0.9) : 0
        lashes = dice.uniform(0.7, 1.4)
    }

    private static let skins: [UInt32] = [0xF8D8C4, 0xF4C5A8, 0xEBBB8E, 0xDFA87F, 0xD9A581, 0xAC7553, 0x7D5138]
    private static let blushes: [UInt32] = [0xE8A094, 0xE2907E, 0xD0896E, 0xCB7C68, 0xC07A60, 0x9A503C, 0x6E3A2C]
    private static let lips: [UInt32] = [0xCC7C78, 0xC4706C, 0xB8746A, 0xB4605F, 0xAE6A5C, 0x8C4A45, 0x6A3632]
    private static let hairs: [UInt32] = [0x1D1A1E, 0x2E1C16, 0x3A2619, 0x6A4226, 0xA9622F, 0xC9A15A, 0x8C8A88]
    private static let irises: [UInt32] = [0x3A2418, 0x6B4526, 0x5F7A45, 0x5E86A0, 0x77808A]

    /// The colour at a place from 0 to 1 along a palette.
    private static func mixed(_ palette: [UInt32], _ place: Float) -> Colour {
        let position = place * Float(palette.count - 1)
        let index = min(palette.count - 2, Int(position))
        return Colour(hex: palette[index]).mixed(with: Colour(hex: palette[index + 1]), position - Float(index))
    }
}

extension HairStyle {
    /// What one person's hair may be: one style mostly, another now and then.
    static func worn(dice: inout SeededDice) -> [HairStyle] {
        let all: [HairStyle] = [.ponytail, .curls, .knot, .fringe, .waves]
        let (usual, other) = (dice.pick(all), dice.pick(all))
        return [usual, usual, usual, other]
    }
}
