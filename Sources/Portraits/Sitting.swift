import Imaging

/// Everything that is chosen for one portrait before a pixel is painted.
struct Sitting: Sendable {
    var athlete: Athlete
    var kind: PortraitKind
    var frame: Size
    var pose: Pose
    var light: Light
    var expression: Expression
    var hair: HairStyle
    var headwear: Headwear
    var outfit: Outfit
    var backdrop: Backdrop
    var camera: Camera
    /// For the strands, freckles and grain that differ from portrait to portrait.
    var dice: SeededDice

    /// - Parameter givenWidth: a width instead of the drawn one, for quick small pictures.
    init(athlete: Athlete, kind: PortraitKind, dice start: SeededDice, width givenWidth: Int? = nil) {
        var dice = start
        self.athlete = athlete
        self.kind = kind
        let drawnWidth = 440 + 16 * dice.index(6), extraHeight = 8 * dice.index(3)
        let width = givenWidth ?? drawnWidth
        frame = Size(width: width, height: width * 5 / 4 + (givenWidth == nil ? extraHeight : 0))
        let unit = Float(frame.height) * dice.uniform(0.225, 0.31)
        let middle = Point(
            Float(width) * (0.5 + dice.bell(0.035)), Float(frame.height) * (0.435 + dice.bell(0.015)))
        pose = Pose(
            centre: middle, unit: unit, turn: max(-0.28, min(0.28, dice.bell(0.13))), nod: max(-0.14, min(0.14, dice.bell(0.065))),
            tilt: max(-0.15, min(0.15, dice.bell(0.065))))
        expression = Expression(dice: &dice)
        outfit = Outfit(dice: &dice)
        backdrop = Backdrop(dice: &dice)
        hair = dice.pick(athlete.hairstyles)
        headwear = Sitting.headwear(backdrop: backdrop, dice: &dice)
        light = Sitting.light(backdrop: backdrop, dice: &dice)
        camera = Camera(dice: &dice)
        self.dice = dice
    }

    private static func headwear(backdrop: Backdrop, dice: inout SeededDice) -> Headwear {
        switch dice.unit() {
        case ..<0.11: return .headband
        case ..<0.17: return .cap
        case ..<0.23: return backdrop.place == .pool ? .swimming : .knitted
        case ..<0.38 where backdrop.place == .pool: return .swimming
        default: return .none
        }
    }

    /// A main light from the left or the right, seldom from the front, in the colour of its place.
    private static func light(backdrop: Backdrop, dice: inout SeededDice) -> Light {
        let side: Float = dice.chance(0.5) ? 1 : -1
        let across = side * dice.uniform(0.05, 0.85)
        let above = dice.uniform(-0.75, -0.12)
        let warmth = backdrop.warmth + dice.bell(0.45)
        let level = dice.uniform(0.55, 1.0)
        let fill = dice.uniform(0.2, 0.44)
        let key = Light.tint(max(-1, min(1, warmth))) * level
        let ambient = Light.tint(max(-1, min(1, backdrop.warmth * 0.4 - warmth * 0.25 + dice.bell(0.2)))) * fill
        let rim = dice.chance(0.55) ? Light.tint(dice.uniform(-1, 1)) * dice.uniform(0.15, 0.6) : .zero
        return Light(direction: SIMD3(across, above, 0.8), key: key, ambient: ambient, rim: rim, rimSide: -side)
    }
}
