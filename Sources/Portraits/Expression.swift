/// What a face does at the moment.
struct Expression: Sendable {
    /// 0 earnest ... 1 a broad smile.
    var smile: Float
    /// How far the mouth stands open, 0 ... 1.
    var open: Float
    /// Brows: negative frowns, positive is surprised.
    var brows: Float
    /// How far the lids are open, 1 at rest.
    var lids: Float
    /// Where the eyes look, in widths of an iris.
    var gaze: Point

    init(dice: inout SeededDice) {
        let mood = dice.unit()
        gaze = Point(dice.bell(0.14), dice.bell(0.07))
        switch mood {
        case ..<0.34:  // earnest, before the start
            smile = dice.uniform(-0.05, 0.3)
            open = 0
            brows = dice.uniform(-0.6, 0.3)
            lids = dice.uniform(0.82, 1.02)
        case ..<0.60:  // a smile with closed lips
            smile = dice.uniform(0.3, 0.75)
            open = 0
            brows = dice.uniform(-0.1, 0.5)
            lids = dice.uniform(0.85, 1.05)
        case ..<0.86:  // laughing
            smile = dice.uniform(0.6, 1)
            open = dice.uniform(0.35, 0.9)
            brows = dice.uniform(0, 0.7)
            lids = dice.uniform(0.74, 0.98)
        default:  // calling or out of breath
            smile = dice.uniform(-0.1, 0.25)
            open = dice.uniform(0.5, 1)
            brows = dice.uniform(-0.6, 0.9)
            lids = dice.uniform(0.85, 1.12)
        }
    }
}
