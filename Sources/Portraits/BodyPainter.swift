import Imaging

/// Neck, shoulders and jersey.
struct BodyPainter {
    let sitting: Sitting
    /// From behind the jersey reaches up to the nape.
    var fromBehind = false

    /// The body turns and leans less than the head.
    private var pose: Pose {
        var body = sitting.pose
        body.turn *= 0.35
        body.tilt *= 0.35
        body.nod = 0
        return body
    }

    func paint(on canvas: inout Canvas) {
        let face = sitting.athlete.face
        let thick = 0.30 + 0.30 * face.jaw
        paintTorso(on: &canvas, thick: thick)
        paintNeck(on: &canvas, thick: thick)
        paintCollar(on: &canvas, thick: thick)
    }

    private func points(_ list: [(Float, Float, Float)]) -> [Point] { list.map { pose.project($0.0, $0.1, $0.2) } }

    private func paintTorso(on canvas: inout Canvas, thick: Float) {
        let build: Float = 0.9 + 0.35 * (sitting.athlete.face.jaw - 0.55) * 3
        let floor = (Float(canvas.height) - pose.centre.y) / pose.unit + 0.4
        let right: [(Float, Float, Float)] = [
            (thick * 0.9, 1.12, 0), (thick + 0.18, 1.30, 0), (1.02 * build, 1.46, 0), (1.42 * build, 1.66, 0), (1.64 * build, 2.02, 0),
            (1.75 * build, max(2.4, floor), 0),
        ]
        let outline = Outline(
            points([(-right[5].0, right[5].1, 0)]) + Outline.curve(points(right.reversed().map { (-$0.0, $0.1, $0.2) }), steps: 6)
                + Outline.curve(points(right), steps: 6))
        let mask = canvas.mask(outline)
        let pose = pose, light = sitting.light, outfit = sitting.outfit
        let axes = pose.axes, edge = 1.5 / pose.unit
        let (toX, toY) = SoftEllipse(centre: pose.centre, right: axes.right, down: axes.down).inverse
        canvas.paint(mask) { px, py, _ in
            let dx = px + 0.5 - pose.centre.x, dy = py + 0.5 - pose.centre.y
            let x = toX.x * dx + toX.y * dy, y = toY.x * dx + toY.y * dy
            let cloth = outfit.base.mixed(with: outfit.accent, outfit.accentShare(x, y - 1.35, edge: edge))
            // Soft folds run down and outwards from the neck.
            let fold = x * 5 / max(0.4, y - 0.6)
            let ripple = fold - fold.rounded(.down) - 0.5
            let lean = 0.10 * (1 - 4 * ripple * ripple)
            let top = smoothStep(1.9, 1.3, y) * 0.5
            return cloth * (light.onCylinder(x / (1.9 * build), lean: -0.15 - top) * (0.86 + lean))
        }
        // The head shades the chest.
        canvas.dab(
            SoftEllipse(centre: pose.project(-light.direction.x * 0.3, 1.35, 0), right: axes.right * 1.0, down: axes.down * 0.45),
            Colour(0.4, 0.38, 0.42, 0), opacity: 0.5, blend: .multiply, clip: mask)
    }

    private func paintNeck(on canvas: inout Canvas, thick: Float) {
        let head = sitting.pose
        let complexion = sitting.athlete.complexion
        let right: [Point] = [
            head.project(thick, 0.3, -0.1), head.project(thick * 0.97, 0.85, -0.1), pose.project(thick * 1.0, 1.16, 0),
            pose.project(thick * 1.14, 1.29, 0),
        ]
        let left: [Point] = [
            pose.project(-thick * 1.14, 1.29, 0), pose.project(-thick * 1.0, 1.16, 0), head.project(-thick * 0.97, 0.85, -0.1),
            head.project(-thick, 0.3, -0.1),
        ]
        let mask = canvas.mask(Outline(curves: [right] + neckline(thick) + [left]))
        let light = sitting.light, middle = pose.project(0, 1, 0).x, width = thick * pose.unit
        canvas.paint(mask) { px, _, _ in
            complexion.skin.mixed(with: complexion.blush, 0.18) * light.onCylinder((px - middle) / (width * 1.15))
        }
        let axes = pose.axes
        // Under the chin it is dark; the muscles that run to the collar bones catch light.
        canvas.dab(
            SoftEllipse(
                centre: head.project(-light.direction.x * 0.12, 0.93, 0.1), right: axes.right * 0.72, down: axes.down * 0.42, core: 0.2),
            Colour(0.42, 0.26, 0.23, 0), opacity: 0.8, blend: .multiply, clip: mask)
        for side in [Float(-1), 1] {
            canvas.dab(
                SoftEllipse(
                    centre: pose.project(side * 0.17, 1.38, 0.1), right: axes.right * 0.06 + axes.down * (-0.06 * side),
                    down: axes.down * 0.18),
                Colour(1.25, 1.16, 1.1, 0), opacity: 0.5, blend: .multiply, clip: mask)
        }
        canvas.dab(
            SoftEllipse(centre: pose.project(0, 1.47, 0.1), right: axes.right * 0.1, down: axes.down * 0.07), Colour(0.7, 0.55, 0.5, 0),
            opacity: 0.6,
            blend: .multiply, clip: mask)
    }

    /// Where the jersey ends at the neck, from the picture's right to its left: one curve, or two that meet in a point.
    private func neckline(_ thick: Float) -> [[Point]] {
        let right: (Float, Float, Float) = (thick * 1.16, 1.28, 0), left: (Float, Float, Float) = (-thick * 1.16, 1.28, 0)
        if fromBehind { return [points([right, (thick * 0.6, 1.35, 0.1), (0, 1.375, 0.1), (-thick * 0.6, 1.35, 0.1), left])] }
        switch sitting.outfit.collar {
        case .round:
            return [points([right, (thick * 0.72, 1.455, 0.1), (0, 1.53, 0.15), (-thick * 0.72, 1.455, 0.1), left])]
        case .pointed, .jacket:
            let tip: (Float, Float, Float) = (0, sitting.outfit.collar == .pointed ? 1.78 : 1.66, 0.15)
            return [points([right, (thick * 0.62, 1.48, 0.1), tip]), points([tip, (-thick * 0.62, 1.48, 0.1), left])]
        }
    }

    private func paintCollar(on canvas: inout Canvas, thick: Float) {
        let outfit = sitting.outfit
        let unit = pose.unit
        let shade = sitting.light.on(SIMD3(0, -0.35, 0.93))
        for line in neckline(thick) {
            let wide: Float = outfit.collar == .jacket ? 0.05 : 0.085
            canvas.fill(Outline(stroke: line, widths: [wide * unit, wide * unit]), outfit.accent * shade)
        }
        guard outfit.collar == .jacket, !fromBehind else { return }
        for side in [Float(-1), 1] {
            let flap = Outline(curves: [
                points([(side * thick * 1.08, 1.06, -0.05), (side * thick * 0.86, 1.34, 0.1), (side * 0.02, 1.68, 0.2)]),
                points([(side * 0.16, 1.80, 0.15), (side * thick * 1.30, 1.50, 0.1), (side * thick * 1.32, 1.16, -0.05)]),
            ])
            canvas.fill(flap, outfit.base.mixed(with: outfit.accent, 0.16) * (shade * (side * sitting.light.direction.x > 0 ? 1 : 0.78)))
        }
    }
}
