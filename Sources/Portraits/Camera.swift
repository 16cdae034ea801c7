import Imaging

/// How a finished scene becomes a photo: exposure, blur and the grain of a sensor.
struct Camera: Sendable {
    /// Factor on all light.
    var exposure: Float
    /// Share of the neighbours in each of the two blurs, 0 ... 0.33.
    var blur: Float
    /// Standard deviation of the grain, in display values of 0 ... 255.
    var grain: Float
    /// Sheen on skin, 0 dry ... 1 after the race.
    var sweat: Float
    /// How much darker the corners are.
    var vignette: Float

    init(dice: inout SeededDice) {
        exposure = dice.uniform(0.72, 1.25)
        blur = dice.chance(0.3) ? dice.uniform(0.15, 0.33) : dice.uniform(0.0, 0.12)
        grain = dice.chance(0.25) ? dice.uniform(4, 9) : dice.uniform(1, 3.5)
        sweat = dice.uniform(0.03, 0.2)
        vignette = dice.uniform(0, 0.25)
    }
}
