import Imaging

/// Lips, and teeth when the mouth is open.
struct MouthPainter {
    private let face: FacePainter
    private let smile: Float
    /// Half the mouth's width.
    private let width: Float
    /// Heights of the corners and of the middle, in head units.
    private let corner: Float
    private let middle: Float
    /// How far the lips are apart.
    private let gap: Float
    private let upper: Float
    private let lower: Float
    // The four edges of the lips: the first and third run to the right, the others back.
    private let top: [Point]
    private let upperLine: [Point]
    private let lowerLine: [Point]
    private let bottom: [Point]

    init(face: FacePainter) {
        let shape = face.face, expression = face.sitting.expression, pose = face.pose
        let smile = expression.smile, glad = max(0, smile), open = expression.open
        let w = shape.mouthWidth * (1 + 0.22 * glad - 0.10 * open * (1 - glad))
        let corner = face.mouthLine - 0.08 * glad - 0.04 * min(0, smile) + 0.008
        let gap = open * 0.115 * (1 - 0.15 * glad)
        let middle = face.mouthLine + 0.026 * smile
        let upper = shape.upperLip * (1 - 0.22 * glad), lower = shape.lowerLip * (1 - 0.12 * glad)
        func row(_ points: [(Float, Float)]) -> [Point] { points.map { pose.onFace($0.0, $0.1, lift: 0.03) } }
        top = row([
            (-w, corner), (-w * 0.45, middle - upper * 0.72 - 0.02 * smile), (-w * 0.16, middle - upper * 1.05), (0, middle - upper * 0.8),
            (w * 0.16, middle - upper * 1.05), (w * 0.45, middle - upper * 0.72 - 0.02 * smile), (w, corner),
        ])
        upperLine = row([
            (w, corner), (w * 0.5, middle - gap * 0.28 - 0.012 * smile), (w * 0.15, middle + 0.006 - gap * 0.34),
            (0, middle + 0.010 - gap * 0.34), (-w * 0.15, middle + 0.006 - gap * 0.34), (-w * 0.5, middle - gap * 0.28 - 0.012 * smile),
            (-w, corner),
        ])
        lowerLine = row([
            (-w, corner), (-w * 0.5, middle + gap * 0.62 - 0.006 * smile), (0, middle + 0.008 + gap),
            (w * 0.5, middle + gap * 0.62 - 0.006 * smile), (w, corner),
        ])
        bottom = row([
            (w, corner), (w * 0.5, middle + gap * 0.75 + lower * 0.82), (0, middle + gap + lower * 1.05),
            (-w * 0.5, middle + gap * 0.75 + lower * 0.82), (-w, corner),
        ])
        (self.face, self.smile, self.corner, self.middle, self.gap) = (face, smile, corner, middle, gap)
        (self.upper, self.lower) = (upper, lower)
        width = w
    }

    func paint(on canvas: inout Canvas, mask: Mask) {
        let pose = face.pose
        canvas.dab(
            pose.ellipse(0, middle + gap + lower + 0.075, 0.16, 0.045), face.shade(0.8), opacity: 0.55, blend: .multiply, clip: mask)
        for side in [Float(-1), 1] {
            canvas.dab(
                pose.ellipse(side * (width + 0.012), corner, 0.05, 0.04), face.shade(0.9), opacity: 0.6, blend: .multiply, clip: mask)
        }
        paintLips(on: &canvas)
        if gap > 0.012 { paintInside(on: &canvas) } else { paintClosedLine(on: &canvas) }
    }

    private func paintLips(on canvas: inout Canvas) {
        let soft = max(1, Int(face.pose.unit * 0.006)), tone = face.complexion.lips
        let upperLip = canvas.mask(Outline(curves: [top, upperLine], steps: 6)).softened(radius: soft, canvasHeight: canvas.height)
        canvas.fill(upperLip, tone * 0.80, opacity: 0.86)
        let lowerLip = canvas.mask(Outline(curves: [lowerLine, bottom], steps: 6)).softened(radius: soft, canvasHeight: canvas.height)
        canvas.fill(lowerLip, tone, opacity: 0.82)
        canvas.dab(
            face.pose.ellipse(0, middle + gap + lower * 0.55, width * 0.5, lower * 0.4, lift: 0.03),
            tone.mixed(with: Colour(hex: 0xFFEDE6), 0.4), opacity: 0.45, clip: lowerLip)
    }

    private func paintInside(on canvas: inout Canvas) {
        let pose = face.pose
        let inside = canvas.mask(Outline(curves: [upperLine.reversed(), lowerLine.reversed()], steps: 6))
        canvas.fill(inside, Colour(hex: 0x3A1614))
        canvas.dab(pose.ellipse(0, middle + gap * 0.95, width * 0.6, gap * 0.45), Colour(hex: 0xA5544E), opacity: 0.7, clip: inside)
        let bite = middle + min(gap * 0.5, 0.052) - gap * 0.12
        let edge: [(Float, Float)] = [
            (width, corner), (width * 0.55, bite - 0.012 * smile), (0, bite + 0.012), (-width * 0.55, bite - 0.012 * smile),
            (-width, corner),
        ]
        let teeth = canvas.mask(
            Outline(curves: [upperLine.reversed(), edge.map { pose.onFace($0.0, $0.1, lift: 0.03) }], steps: 6)
        ).clipped(to: inside)
        canvas.fill(teeth, Colour(hex: 0xE6DDD0), opacity: 0.96)
        // The corners of an open mouth are dark.
        for side in [Float(-1), 1] {
            canvas.dab(
                pose.ellipse(side * width * 0.92, corner + 0.01, width * 0.34, 0.09), Colour(0.35, 0.25, 0.24, 0), opacity: 0.75,
                blend: .multiply, clip: inside)
        }
    }

    private func paintClosedLine(on canvas: inout Canvas) {
        let unit = face.pose.unit
        let line = Outline(stroke: upperLine, widths: [0.006, 0.016, 0.02, 0.016, 0.006].map { $0 * unit })
        canvas.fill(line, face.complexion.lips * Colour(0.22, 0.14, 0.14, 0), opacity: 0.85)
    }
}
