import Imaging

/// The place behind an athlete, out of focus.
struct Backdrop: Sendable {
    enum Place: CaseIterable, Sendable {
        case floodlights, stands, sky, court, arena, pool, studio
    }

    var place: Place
    /// The light's usual warmth there, see `Light.tint`.
    var warmth: Float
    private var dice: SeededDice

    init(dice: inout SeededDice) {
        place = dice.pick(Place.allCases)
        switch place {
        case .floodlights: warmth = -0.25
        case .stands: warmth = 0.1
        case .sky: warmth = 0.15
        case .court: warmth = 0.35
        case .arena: warmth = 0.3
        case .pool: warmth = -0.45
        case .studio: warmth = 0
        }
        self.dice = SeededDice(seed: dice.next())
    }

    /// Paints the place over the whole canvas: small, then enlarged, which puts it out of focus.
    func paint(on canvas: inout Canvas) {
        var dice = dice
        var small = Canvas(width: max(2, canvas.width / 4), height: max(2, canvas.height / 4))
        switch place {
        case .floodlights: floodlights(&small, &dice)
        case .stands: stands(&small, &dice)
        case .sky: sky(&small, &dice)
        case .court: court(&small, &dice)
        case .arena: arena(&small, &dice)
        case .pool: pool(&small, &dice)
        case .studio: studio(&small, &dice)
        }
        canvas.spread(small)
        if place == .floodlights || place == .arena { bokeh(&canvas, &dice) }
    }

    /// Colours given from top to bottom at equal distances.
    private func gradient(_ canvas: inout Canvas, _ colours: [Colour]) {
        for y in 0..<canvas.height {
            let place = Float(y) / Float(canvas.height) * Float(colours.count - 1)
            let i = min(Int(place), colours.count - 2)
            let t = place - Float(i)
            let colour = colours[i].mixed(with: colours[i + 1], t * t * (3 - 2 * t))
            for x in 0..<canvas.width { canvas.pixels[y * canvas.width + x] = colour }
        }
    }

    private func spot(
        _ canvas: inout Canvas, _ x: Float, _ y: Float, _ rx: Float, _ ry: Float, _ colour: Colour, _ opacity: Float, core: Float = 0
    ) {
        let w = Float(canvas.width), h = Float(canvas.height)
        canvas.dab(
            SoftEllipse(centre: Point(x * w, y * h), right: Point(rx * w, 0), down: Point(0, ry * w), core: core), colour, opacity: opacity)
    }

    private func band(_ canvas: inout Canvas, _ from: Point, _ to: Point, _ width: Float, _ colour: Colour, _ opacity: Float) {
        let size = Point(Float(canvas.width), Float(canvas.height))
        let line = Outline(stroke: [from * size, to * size], widths: [width * size.x, width * size.x], steps: 1)
        canvas.fill(canvas.mask(line).softened(radius: 1, canvasHeight: canvas.height), colour, opacity: opacity)
    }

    private func crowd(_ canvas: inout Canvas, _ dice: inout SeededDice, top: Float, bottom: Float, colours: [UInt32], opacity: Float) {
        for _ in 0..<150 {
            let y = dice.uniform(top, bottom)
            let size = dice.uniform(0.018, 0.04)
            spot(
                &canvas, dice.uniform(-0.02, 1.02), y, size, size * 1.2, Colour(hex: dice.pick(colours)), opacity * dice.uniform(0.3, 1),
                core: 0.2)
        }
    }

    private func floodlights(_ canvas: inout Canvas, _ dice: inout SeededDice) {
        gradient(&canvas, [Colour(hex: 0x101C33), Colour(hex: 0x1E3A5F), Colour(hex: 0x24545F), Colour(hex: 0x1F4D3A)])
        crowd(&canvas, &dice, top: 0.3, bottom: 0.72, colours: [0x3D5A80, 0x6B7A8F, 0x2A3B55, 0x8A6F66, 0x98A6B5], opacity: 0.45)
        for _ in 0..<3 {
            let x = dice.uniform(0, 1)
            spot(&canvas, x, 0.1, 0.35, 0.28, Colour(hex: 0xBFD7EA), 0.4)
        }
    }

    private func stands(_ canvas: inout Canvas, _ dice: inout SeededDice) {
        gradient(&canvas, [Colour(hex: 0x8FA3B0), Colour(hex: 0x6E7F8D), Colour(hex: 0x57636F), Colour(hex: 0x5E7F4E)])
        crowd(
            &canvas, &dice, top: 0.0, bottom: 0.78, colours: [0xC94F4F, 0xE8D8C3, 0x35587A, 0xD9A441, 0xF1EFEA, 0x7A5C58, 0x2F3E46],
            opacity: 0.55)
        for row in 0..<4 {
            band(&canvas, Point(-0.1, 0.16 + 0.2 * Float(row)), Point(1.1, 0.12 + 0.2 * Float(row)), 0.02, Colour(hex: 0x3F4A55), 0.45)
        }
    }

    private func sky(_ canvas: inout Canvas, _ dice: inout SeededDice) {
        let evening = dice.chance(0.4)
        gradient(
            &canvas,
            evening
                ? [Colour(hex: 0x5A78A6), Colour(hex: 0xA9A9C4), Colour(hex: 0xF2C6A0), Colour(hex: 0xE39A6B)]
                : [Colour(hex: 0x5C9BD1), Colour(hex: 0x8FBFE0), Colour(hex: 0xCFE5EE), Colour(hex: 0xDDE8DA)])
        for _ in 0..<9 {
            spot(
                &canvas, dice.uniform(0, 1), dice.uniform(0.05, 0.55), dice.uniform(0.15, 0.4), dice.uniform(0.04, 0.09),
                evening ? Colour(hex: 0xFBDCC2) : Colour(hex: 0xFFFFFF), dice.uniform(0.25, 0.6))
        }
        for i in 0..<9 {
            spot(
                &canvas, Float(i) / 8 + dice.uniform(-0.05, 0.05), 0.86, 0.12, dice.uniform(0.1, 0.2),
                Colour(hex: evening ? 0x5B5A4A : 0x5F8A57), 0.8, core: 0.4)
        }
        spot(&canvas, 0.5, 1.05, 0.9, 0.28, Colour(hex: evening ? 0x6A5F45 : 0x6F9A55), 0.95, core: 0.5)
    }

    private func court(_ canvas: inout Canvas, _ dice: inout SeededDice) {
        let ground = Colour(hex: dice.pick([0xB8623C, 0xC4714A, 0x3D7A8C, 0x4B8A5A]))
        gradient(&canvas, [Colour(hex: 0x35584A), Colour(hex: 0x4B7560), Colour(hex: 0x486A58)])
        for _ in 0..<24 {
            spot(&canvas, dice.uniform(0, 1), dice.uniform(0, 0.4), 0.12, 0.1, Colour(hex: dice.pick([0x2E4F41, 0x6A9474, 0x587F62])), 0.5)
        }
        let horizon = dice.uniform(0.42, 0.58)
        let w = Float(canvas.width), h = Float(canvas.height)
        canvas.fill(Outline([Point(-4, horizon * h), Point(w + 4, (horizon + 0.02) * h), Point(w + 4, h + 4), Point(-4, h + 4)]), ground)
        spot(&canvas, 0.5, 1, 0.8, 0.4, ground * 1.3, 0.5)
        band(&canvas, Point(-0.1, horizon + 0.13), Point(1.1, horizon + 0.17), 0.022, Colour(hex: 0xF3F0E8), 0.85)
        let lean = dice.uniform(-0.3, 0.3)
        band(&canvas, Point(0.5 + lean * 0.4, horizon + 0.14), Point(0.5 + lean * 3, 1.1), 0.03, Colour(hex: 0xF3F0E8), 0.85)
    }

    private func arena(_ canvas: inout Canvas, _ dice: inout SeededDice) {
        gradient(&canvas, [Colour(hex: 0x2A2238), Colour(hex: 0x4A3350), Colour(hex: 0x7A4A45), Colour(hex: 0xA8703F)])
        crowd(&canvas, &dice, top: 0.2, bottom: 0.7, colours: [0x6A4C63, 0x8C5E58, 0x3F3350, 0xA67F6B, 0x51436B], opacity: 0.5)
        band(&canvas, Point(-0.1, 0.80), Point(1.1, 0.78), 0.05, Colour(hex: 0xD9A066), 0.6)
    }

    private func pool(_ canvas: inout Canvas, _ dice: inout SeededDice) {
        gradient(&canvas, [Colour(hex: 0xC9DDE2), Colour(hex: 0x9CC5D3), Colour(hex: 0x4FA3C0), Colour(hex: 0x2A7FA8)])
        for lane in 0..<4 {
            let y = 0.45 + 0.15 * Float(lane)
            band(
                &canvas, Point(-0.1, y), Point(1.1, y + dice.uniform(-0.03, 0.03)), 0.018, Colour(hex: lane % 2 == 0 ? 0xE4573D : 0xF4E9C9),
                0.7)
        }
        for _ in 0..<40 {
            spot(
                &canvas, dice.uniform(0, 1), dice.uniform(0.45, 1), dice.uniform(0.04, 0.12), 0.012, Colour(hex: 0xDFF3F7),
                dice.uniform(0.2, 0.5))
        }
        for _ in 0..<5 { spot(&canvas, dice.uniform(0, 1), 0.12, 0.1, 0.16, Colour(hex: 0xF4FAFB), 0.7) }
    }

    private func studio(_ canvas: inout Canvas, _ dice: inout SeededDice) {
        let tone = Colour(hex: dice.pick([0x8796A5, 0xB9A48E, 0x6F7F74, 0x9A7F86, 0x4C5A6B, 0xC8C2B8]))
        gradient(&canvas, [tone * 0.8, tone * 0.9, tone * 0.5])
        spot(&canvas, dice.uniform(0.3, 0.7), 0.38, 0.75, 0.8, tone * 1.6, 0.75)
    }

    /// Lights out of focus: discs with a bright rim.
    private func bokeh(_ canvas: inout Canvas, _ dice: inout SeededDice) {
        let w = Float(canvas.width), h = Float(canvas.height)
        let tones: [UInt32] = place == .arena ? [0xFFC27A, 0xFF9E7A, 0xF6D6A8, 0xC79BFF] : [0xDDEBFF, 0xFFF3D6, 0x9CC9FF, 0xFFFFFF]
        for _ in 0..<(10 + dice.index(12)) {
            let at = Point(dice.uniform(0, 1) * w, dice.uniform(0.0, 0.5) * h)
            let radius = dice.uniform(0.018, 0.06) * w
            let tone = Colour(hex: dice.pick(tones))
            let opacity = dice.uniform(0.10, 0.42)
            canvas.dab(
                SoftEllipse(centre: at, right: Point(radius, 0), down: Point(0, radius), core: 0.9), tone, opacity: opacity, blend: .add)
        }
    }
}
