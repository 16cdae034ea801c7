import Imaging

/// Paints the bare head seen from the front: ears, skin, relief and features, in that order.
struct FacePainter {
    let sitting: Sitting
    var pose: Pose { sitting.pose }
    var face: FaceShape { sitting.athlete.face }
    var complexion: Complexion { sitting.athlete.complexion }

    static let eyeLine: Float = -0.06
    var noseBase: Float { FacePainter.eyeLine + face.noseLength }
    /// An open mouth drops with the jaw.
    var mouthLine: Float { noseBase + face.mouthDrop }
    var chin: Float { face.length + sitting.expression.open * 0.07 }

    /// The ellipsoid that lights the head.
    var form: HeadForm {
        let axes = pose.axes
        return HeadForm(
            shape: SoftEllipse(
                centre: pose.project(0, -0.06, 0), right: axes.right * (face.cheek * 1.06), down: axes.down * 1.16),
            unit: pose.unit)
    }

    var outline: Outline {
        let w = face.cheek, open = sitting.expression.open * 0.06
        let smile = max(0, sitting.expression.smile) * 0.015
        let side: [(Float, Float, Float)] = [
            (0.55 * w, -1.02, 0.05), (0.9 * w, -0.74, 0.04), (0.985 * w, -0.36, 0.02), (w + smile, 0.02, 0),
            ((w * 0.62 + face.jaw * 0.38) + smile, 0.33, 0.05), (face.jaw * 0.94, 0.62 + open * 0.5, 0.18),
            ((face.jaw + face.chin) * 0.47, 0.84 * chin, 0.34), (face.chin * 0.9, 0.965 * chin, 0.48),
        ]
        var points = [pose.project(0, -1.1, 0.1)]
        points += side.map { pose.project($0.0, $0.1, $0.2) }
        points.append(pose.project(0, chin, 0.52))
        points += side.reversed().map { pose.project(-$0.0, $0.1, $0.2) }
        return Outline(smooth: points, steps: 6)
    }

    /// - Returns: the skin's mask, for what later falls on the face.
    func paint(on canvas: inout Canvas) -> Mask {
        paintEars(on: &canvas)
        let mask = canvas.mask(outline)
        canvas.fill(mask, complexion.skin)
        paintComplexion(on: &canvas, mask: mask)
        MouthPainter(face: self).paint(on: &canvas, mask: mask)
        paintNose(on: &canvas, mask: mask)
        let eyes = EyePainter(face: self)
        eyes.paint(on: &canvas, mask: mask)
        var relief = Relief(bounds: mask.bounds)
        shape(&relief)
        canvas.light(mask, form: form, relief: relief, light: sitting.light, gloss: sitting.camera.sweat, blood: blood)
        paintCastShadows(on: &canvas, mask: mask)
        eyes.paintGlints(on: &canvas)
        return mask
    }

    /// Light that has passed through skin is redder.
    var blood: Colour { Colour(1.1, 0.86, 0.8, 0) }

    /// A colour that darkens this skin without graying it.
    func shade(_ depth: Float) -> Colour { Colour(1, 1, 1, 0).mixed(with: Colour(0.62, 0.4, 0.34, 0), depth) }

    private func paintEars(on canvas: inout Canvas) {
        for side in [Float(-1), 1] {
            let x = side * (face.cheek + 0.035)
            let centre = pose.project(x, 0.06, -0.12)
            let axes = pose.axes
            // The ear on the side the head turns to hides behind the cheek.
            let width = max(0.03, 0.095 - 0.2 * pose.turn * side)
            let ear = SoftEllipse(
                centre: centre, right: axes.right * width + axes.down * (0.03 * side), down: axes.down * 0.19, core: 0.93)
            let light = sitting.light.onCylinder(side * 0.8)
            canvas.dab(ear, complexion.skin.mixed(with: complexion.blush, 0.35) * light)
            let inner = SoftEllipse(
                centre: centre + axes.right * (side * 0.012), right: axes.right * (width * 0.66), down: axes.down * 0.13, core: 0.3)
            canvas.dab(inner, shade(0.95), opacity: 0.75, blend: .multiply)
            let lobe = SoftEllipse(
                centre: centre + axes.right * (side * width * 0.35) - axes.down * 0.03, right: axes.right * (width * 0.28),
                down: axes.down * 0.1)
            canvas.dab(lobe, complexion.skin * light, opacity: 0.55)
        }
    }

    private func paintComplexion(on canvas: inout Canvas, mask: Mask) {
        let warm = 0.30 + 0.25 * sitting.camera.sweat
        for side in [Float(-1), 1] {
            canvas.dab(pose.ellipse(side * 0.42, 0.24, 0.30, 0.22), complexion.blush, opacity: warm * 0.9, clip: mask)
            canvas.dab(pose.ellipse(side * face.eyeDistance, -0.09, 0.27, 0.17), shade(0.62), opacity: 0.75, blend: .multiply, clip: mask)
            canvas.dab(pose.ellipse(side * 0.13, -0.1, 0.1, 0.13), shade(0.6), opacity: 0.6, blend: .multiply, clip: mask)
            // Under the eye, and from the nostril to the corner of the mouth.
            canvas.dab(
                pose.ellipse(side * face.eyeDistance, 0.065, 0.17, 0.05), shade(0.4), opacity: 0.45, blend: .multiply, clip: mask)
            let fold = 0.22 + 0.5 * max(0, sitting.expression.smile)
            canvas.dab(
                pose.ellipse(side * (face.noseWidth + 0.125), noseBase + 0.06, 0.03, 0.16, slope: -0.62 * side),
                shade(0.7), opacity: fold * 0.6, blend: .multiply, clip: mask)
        }
        canvas.dab(pose.ellipse(0, noseBase - 0.04, 0.15, 0.14), complexion.blush, opacity: warm, clip: mask)
        canvas.dab(pose.ellipse(0, chin - 0.12, 0.2, 0.12), complexion.blush, opacity: warm * 0.5, clip: mask)
        paintStubble(on: &canvas, mask: mask)
        paintFreckles(on: &canvas, mask: mask)
    }

    private func paintStubble(on canvas: inout Canvas, mask: Mask) {
        guard complexion.stubble > 0 else { return }
        var dice = sitting.dice
        let amount = min(1, complexion.stubble * dice.uniform(0.45, 1.1))
        let tone = complexion.skin.mixed(with: complexion.hair, 0.72)
        var beard: [SoftEllipse] = [
            pose.ellipse(0, chin - 0.12, 0.36, 0.22, core: 0.25), pose.ellipse(0, noseBase + 0.085, 0.26, 0.07, core: 0.1),
        ]
        for side in [Float(-1), 1] {
            beard.append(pose.ellipse(side * face.jaw * 0.74, 0.62, 0.25, 0.36, slope: 0.35 * side, core: 0.15))
            beard.append(pose.ellipse(side * face.cheek * 0.93, 0.2, 0.12, 0.42, core: 0.1))
        }
        for part in beard { canvas.dab(part, tone, opacity: amount * 0.42, clip: mask) }
    }

    private func paintFreckles(on canvas: inout Canvas, mask: Mask) {
        guard complexion.freckles > 0 else { return }
        // Freckles stay where they are from portrait to portrait.
        var dice = SeededDice(seed: 77, keys: 1)
        for _ in 0..<70 {
            let x = dice.bell(0.24), y = 0.17 + dice.bell(0.085) - x * x * 0.25
            let size = dice.uniform(0.008, 0.017)
            canvas.dab(
                pose.ellipse(x, y, size, size * 0.85, lift: abs(x) < 0.12 ? 0.1 : 0), Colour(hex: 0xB9744F),
                opacity: dice.uniform(0.2, 0.6) * complexion.freckles, clip: mask)
        }
    }

    private func paintCastShadows(on canvas: inout Canvas, mask: Mask) {
        let away = -sitting.light.direction.x
        // The nose throws a shadow to the side away from the light and below.
        let strength = 0.25 + 0.4 * abs(away)
        canvas.dab(
            pose.ellipse(away * 0.17, noseBase + 0.035, 0.13 + 0.06 * abs(away), 0.06), shade(0.9), opacity: strength, blend: .multiply,
            clip: mask)
    }
}
