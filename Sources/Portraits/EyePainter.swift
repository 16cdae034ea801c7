import Imaging

/// Eyes with their lids, and brows.
struct EyePainter {
    let face: FacePainter
    private var pose: Pose { face.pose }
    private var shape: FaceShape { face.face }
    private var complexion: Complexion { face.complexion }
    private var expression: Expression { face.sitting.expression }

    private var opening: Float { shape.eyeOpening * expression.lids * (1 - 0.16 * max(0, expression.smile)) }
    private var irisRadius: Float { 0.074 }

    func paint(on canvas: inout Canvas, mask: Mask) {
        for side in [Float(-1), 1] {
            paintEye(side, on: &canvas, mask: mask)
            paintBrow(side, on: &canvas, mask: mask)
        }
    }

    /// Local coordinates of one eye: x from the nose outwards, y down.
    private func local(_ side: Float) -> (Float, Float) -> Point {
        let patch = pose.patch(side * shape.eyeDistance, FacePainter.eyeLine)
        let slant = shape.eyeSlant / shape.eyeWidth
        return { x, y in patch.at(x * side, y - x * slant) }
    }

    private func irisCentre(_ side: Float) -> (Float, Float) {
        (side * expression.gaze.x * irisRadius, -opening * 0.12 + expression.gaze.y * irisRadius)
    }

    private func lids(_ side: Float) -> (upper: [Point], lower: [Point]) {
        let at = local(side), a = shape.eyeWidth, o = opening
        let upper = [at(-a, 0.02), at(-0.58 * a, -0.66 * o), at(0.02 * a, -1.02 * o), at(0.6 * a, -0.72 * o), at(a, -0.02)]
        let lower = [at(a, -0.02), at(0.5 * a, 0.62 * o), at(-0.25 * a, 0.72 * o), at(-a, 0.02)]
        return (upper, lower)
    }

    private func paintEye(_ side: Float, on canvas: inout Canvas, mask: Mask) {
        let at = local(side), a = shape.eyeWidth, o = opening
        let (upper, lower) = lids(side)
        let unit = pose.unit
        // The fold above the lid.
        let fold = Outline(
            stroke: [
                at(-0.85 * a, -0.5 * o - 0.02), at(-0.1 * a, -1.25 * o - 0.032), at(0.7 * a, -0.95 * o - 0.028), at(1.12 * a, -0.035),
            ],
            widths: [0.006 * unit, 0.022 * unit, 0.018 * unit, 0.004 * unit])
        canvas.fill(canvas.mask(fold).softened(radius: 1, canvasHeight: canvas.height), face.shade(1.15), opacity: 0.7, blend: .multiply)
        let white = canvas.mask(Outline(curves: [upper, lower], steps: 6))
        canvas.fill(white, Colour(hex: 0xEFE7E0).mixed(with: complexion.skin, 0.12))
        canvas.fill(
            Outline(stroke: [at(-a, 0.02), at(-0.86 * a, 0.016)], widths: [0.03 * unit, 0.01 * unit]), complexion.blush, opacity: 0.8,
            clip: white)
        paintIris(side, on: &canvas, white: white)
        // The upper lid's shadow on the eye.
        let shadow = Outline(stroke: upper, widths: [0.02 * unit, 0.07 * unit, 0.075 * unit, 0.06 * unit, 0.02 * unit])
        canvas.fill(
            canvas.mask(shadow).softened(radius: 1, canvasHeight: canvas.height).clipped(to: white), Colour(0.36, 0.30, 0.30, 0),
            opacity: 0.7, blend: .multiply)
        let lash = Colour(hex: 0x1C1210).mixed(with: complexion.brows, 0.25)
        var lid = upper
        lid.append(at(1.0 * a + 0.028 * complexion.lashes, -0.03 * complexion.lashes))
        let thick = unit * 0.026 * complexion.lashes
        canvas.fill(
            Outline(stroke: lid, widths: [thick * 0.35, thick * 0.9, thick * 1.1, thick * 1.25, thick * 0.9, thick * 0.1]), lash,
            opacity: 0.92)
        canvas.fill(Outline(stroke: lower, widths: [thick * 0.5, thick * 0.35, thick * 0.25, thick * 0.15]), lash, opacity: 0.42)
    }

    private func paintIris(_ side: Float, on canvas: inout Canvas, white: Mask) {
        let at = local(side), r = irisRadius
        let (x, y) = irisCentre(side)
        let patch = pose.patch(side * shape.eyeDistance, FacePainter.eyeLine)
        func disc(_ radius: Float, core: Float) -> SoftEllipse {
            SoftEllipse(centre: at(x, y), right: patch.right * radius, down: patch.down * radius, core: core)
        }
        canvas.dab(disc(r * 1.06, core: 0.8), complexion.iris * 0.22, clip: white)
        canvas.dab(disc(r * 0.92, core: 0.6), complexion.iris * 0.85, clip: white)
        var lower = disc(r * 0.7, core: 0.1)
        lower.centre = at(x, y + r * 0.4)
        canvas.dab(lower, complexion.iris * 1.9, opacity: 0.7, clip: white)
        canvas.dab(disc(r * 0.46, core: 0.8), Colour(hex: 0x0C0908), clip: white)
    }

    /// The light's reflection, painted after the face is lit.
    func paintGlints(on canvas: inout Canvas) {
        let direction = face.sitting.light.direction
        for side in [Float(-1), 1] {
            let at = local(side), patch = pose.patch(side * shape.eyeDistance, FacePainter.eyeLine)
            let (x, y) = irisCentre(side)
            let spot = at(x + side * direction.x * irisRadius * 0.5, y + min(-0.01, max(-opening * 0.55, direction.y * irisRadius * 0.6)))
            canvas.dab(
                SoftEllipse(centre: spot, right: patch.right * 0.017, down: patch.down * 0.017, core: 0.5), Colour(hex: 0xFFFBF4),
                opacity: 0.92)
            let second = at(x - side * direction.x * irisRadius * 0.45, y + irisRadius * 0.35)
            canvas.dab(
                SoftEllipse(centre: second, right: patch.right * 0.012, down: patch.down * 0.01, core: 0.2), face.sitting.light.ambient,
                opacity: 0.4)
        }
    }

    private func paintBrow(_ side: Float, on canvas: inout Canvas, mask: Mask) {
        let raise = expression.brows
        let y = FacePainter.eyeLine - shape.browHeight - 0.022 * raise
        let inner = y + 0.012 + (raise < 0 ? -raise * 0.022 : -raise * 0.008)
        let arch = shape.browArch
        let path: [(Float, Float)] = [
            (shape.eyeDistance - 0.175, inner), (shape.eyeDistance - 0.06, (inner + y) / 2 - arch * 0.62),
            (shape.eyeDistance + 0.07, y - arch), (shape.eyeDistance + 0.205, y - arch * 0.1 + 0.03),
        ]
        let points = path.map { pose.onFace(side * $0.0, $0.1, lift: 0.02) }
        let thick = shape.browThickness * pose.unit
        let brow = canvas.mask(Outline(stroke: points, widths: [thick * 0.7, thick, thick * 0.8, thick * 0.12]))
        canvas.fill(
            brow.softened(radius: max(1, Int(pose.unit * 0.012)), canvasHeight: canvas.height).clipped(to: mask), complexion.brows,
            opacity: 0.82)
        // Single hairs along it.
        var dice = SeededDice(seed: 5, keys: UInt64(side > 0 ? 1 : 0))
        let line = Outline.curve(points, steps: 8)
        for _ in 0..<26 {
            let i = dice.index(line.count - 1)
            let along = line[i + 1] - line[i]
            let start = line[i] + Point(0, dice.uniform(0.1, 0.45) * thick)
            let tip = start + along * 1.3 + Point(0, -dice.uniform(0.35, 0.7) * thick)
            canvas.fill(
                Outline(stroke: [start, tip], widths: [pose.unit * 0.009, pose.unit * 0.003], steps: 1), complexion.brows * 0.7,
                opacity: 0.35, clip: mask)
        }
    }
}
