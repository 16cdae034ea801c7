import Imaging

/// Lips, and teeth when the mouth is open.
struct MouthPainter {
    let face: FacePainter

    func paint(on canvas: inout Canvas, mask: Mask) {
        let shape = face.face, expression = face.sitting.expression, pose = face.pose
        let smile = expression.smile, open = expression.open
        let width = shape.mouthWidth * (1 + 0.22 * max(0, smile) - 0.10 * open * (1 - max(0, smile)))
        let corner = face.mouthLine - 0.08 * max(0, smile) - 0.04 * min(0, smile) + 0.008
        let gap = open * 0.115 * (1 - 0.15 * max(0, smile))
        let middle = face.mouthLine + 0.026 * smile
        let upper = shape.upperLip * (1 - 0.22 * max(0, smile)), lower = shape.lowerLip * (1 - 0.12 * max(0, smile))
        func at(_ x: Float, _ y: Float) -> Point { pose.onFace(x, y, lift: 0.03) }
        func row(_ points: [(Float, Float)]) -> [Point] { points.map { at($0.0, $0.1) } }
        let top = row([
            (-width, corner), (-width * 0.45, middle - upper * 0.72 - 0.02 * smile), (-width * 0.16, middle - upper * 1.05),
            (0, middle - upper * 0.8), (width * 0.16, middle - upper * 1.05), (width * 0.45, middle - upper * 0.72 - 0.02 * smile),
            (width, corner),
        ])
        let upperLine = row([
            (width, corner), (width * 0.5, middle - gap * 0.28 - 0.012 * smile), (width * 0.15, middle + 0.006 - gap * 0.34),
            (0, middle + 0.010 - gap * 0.34), (-width * 0.15, middle + 0.006 - gap * 0.34),
            (-width * 0.5, middle - gap * 0.28 - 0.012 * smile),
            (-width, corner),
        ])
        let lowerLine = row([
            (-width, corner), (-width * 0.5, middle + gap * 0.62 - 0.006 * smile), (0, middle + 0.008 + gap),
            (width * 0.5, middle + gap * 0.62 - 0.006 * smile),
            (width, corner),
        ])
        let bottom = row([
            (width, corner), (width * 0.5, middle + gap * 0.75 + lower * 0.82), (0, middle + gap + lower * 1.05),
            (-width * 0.5, middle + gap * 0.75 + lower * 0.82), (-width, corner),
        ])
        let unit = pose.unit
        canvas.dab(pose.ellipse(0, middle + gap + lower + 0.075, 0.16, 0.045), face.shade(0.8), opacity: 0.55, blend: .multiply, clip: mask)
        for side in [Float(-1), 1] {
            canvas.dab(
                pose.ellipse(side * (width + 0.012), corner, 0.05, 0.04), face.shade(0.9), opacity: 0.6, blend: .multiply, clip: mask)
        }
        let soft = max(1, Int(unit * 0.006))
        let tone = face.complexion.lips
        let upperMask = canvas.mask(Outline(curves: [top, upperLine], steps: 6)).softened(radius: soft, canvasHeight: canvas.height)
        canvas.fill(upperMask, tone * 0.80, opacity: 0.86)
        let lowerMask = canvas.mask(Outline(curves: [lowerLine, bottom], steps: 6)).softened(radius: soft, canvasHeight: canvas.height)
        canvas.fill(lowerMask, tone, opacity: 0.82)
        canvas.dab(
            pose.ellipse(0, middle + gap + lower * 0.55, width * 0.5, lower * 0.4, lift: 0.03),
            tone.mixed(with: Colour(hex: 0xFFEDE6), 0.4), opacity: 0.45, clip: lowerMask)
        if gap > 0.012 {
            let inside = canvas.mask(Outline(curves: [upperLine.reversed(), lowerLine.reversed()], steps: 6))
            canvas.fill(inside, Colour(hex: 0x3A1614))
            canvas.dab(pose.ellipse(0, middle + gap * 0.95, width * 0.6, gap * 0.45), Colour(hex: 0xA5544E), opacity: 0.7, clip: inside)
            let bite = middle + min(gap * 0.5, 0.052) - gap * 0.12
            let teeth = canvas.mask(
                Outline(
                    curves: [
                        upperLine.reversed(),
                        row([
                            (width, corner), (width * 0.55, bite - 0.012 * smile), (0, bite + 0.012), (-width * 0.55, bite - 0.012 * smile),
                            (-width, corner),
                        ]),
                    ], steps: 6)
            ).clipped(to: inside)
            canvas.fill(teeth, Colour(hex: 0xE6DDD0), opacity: 0.96)
            for side in [Float(-1), 1] {
                canvas.dab(
                    pose.ellipse(side * width * 0.92, corner + 0.01, width * 0.34, 0.09), Colour(0.35, 0.25, 0.24, 0), opacity: 0.75,
                    blend: .multiply, clip: inside)
            }
        } else {
            let line = Outline(stroke: upperLine, widths: [0.006 * unit, 0.016 * unit, 0.02 * unit, 0.016 * unit, 0.006 * unit])
            canvas.fill(canvas.mask(line), tone * Colour(0.22, 0.14, 0.14, 0), opacity: 0.85)
        }
    }
}
