import Imaging

/// A ball on the ground, nobody near: a photo that every collection has and no face detector should keep.
struct BallPainter {
    let sitting: Sitting

    func paint(on canvas: inout Canvas, dice: inout SeededDice) {
        let w = Float(canvas.width), h = Float(canvas.height), light = sitting.light
        let radius = w * dice.uniform(0.16, 0.27)
        let centre = Point(w * dice.uniform(0.3, 0.7), h * dice.uniform(0.58, 0.72))
        let ground = SoftEllipse(
            centre: centre + Point(-light.direction.x * radius * 0.7, radius * 0.93), right: Point(radius * 1.35, 0),
            down: Point(0, radius * 0.3))
        canvas.dab(ground, Colour(0.2, 0.2, 0.24, 0), opacity: 0.8, blend: .multiply)
        let disc = SoftEllipse(centre: centre, right: Point(radius, 0), down: Point(0, radius), core: 0.98)
        let ball = canvas.mask(Outline(smooth: Ring.fourteen.map { centre + Point($0.0, $0.1) * radius }))
        let kind = dice.index(3)
        let base = Colour(hex: [0xD5E04A, 0xD9783A, 0xF0EFEA][kind])
        canvas.fill(ball, base)
        let line = radius * (kind == 0 ? 0.07 : 0.04), tone = Colour(hex: kind == 0 ? 0xF5F5E8 : 0x2A211C)
        func seam(_ points: [(Float, Float)]) {
            canvas.fill(
                Outline(stroke: points.map { centre + Point($0.0, $0.1) * radius }, widths: [line, line]), tone, opacity: 0.9, clip: ball)
        }
        switch kind {
        case 0:
            seam([(-1.1, -0.55), (-0.35, -0.35), (-0.15, 0.3), (-0.6, 1.05)])
            seam([(1.1, -0.2), (0.6, -0.25), (0.45, -0.65), (0.75, -1.05)])
        case 1:
            seam([(-1.1, 0.1), (0, 0.22), (1.1, -0.1)])
            seam([(-0.1, -1.1), (0.12, 0), (-0.05, 1.1)])
            seam([(-0.9, -0.8), (-0.38, -0.1), (-0.75, 0.9)])
            seam([(0.8, -0.9), (0.5, 0.05), (0.9, 0.7)])
        default:
            for (x, y) in [(Float(0), Float(0)), (0.72, 0.35), (-0.72, 0.38), (0.45, -0.72), (-0.5, -0.68), (0, 0.88)] {
                let patch = (0..<5).map { k -> Point in
                    let (dx, dy) = Ring.fourteen[(k * 14 / 5 + 2) % 14]
                    return centre + (Point(x, y) + Point(dx, dy) * 0.25 * (1 - 0.35 * (x * x + y * y))) * radius
                }
                canvas.fill(Outline(patch), tone, opacity: 0.92, clip: ball)
            }
        }
        let form = HeadForm(shape: disc, unit: radius)
        canvas.light(ball, form: form, relief: Relief(bounds: ball.bounds), light: light, gloss: 0.12, blood: Colour(1, 1, 1, 0))
    }
}
