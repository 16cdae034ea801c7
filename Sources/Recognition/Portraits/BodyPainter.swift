import Imaging

/// Neck, shoulders and jersey.
struct BodyPainter {
    let sitting: Sitting

    /// The body turns and leans less than the head.
    private var pose: Pose {
        var body = sitting.pose
        body.turn *= 0.35
        body.tilt *= 0.35
        body.nod = 0
        return body
    }

    func paint(on canvas: inout Canvas, neck: Bool = true) {
        let face = sitting.athlete.face
        let thick = 0.30 + 0.30 * face.jaw
        paintTorso(on: &canvas, thick: thick)
        if neck { paintNeck(on: &canvas, thick: thick) }
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
        let outline = Outline(points([(-right[5].0, right[5].1, 0)]) + Outline.curve(points(right.reversed().map { (-$0.0, $0.1, $0.2) }), steps: 6)
            + Outline.curve(points(right), steps: 6))
        let mask = canvas.mask(outline)
        let pose = pose, light = sitting.light, outfit = sitting.outfit
        let axes = pose.axes
        let (toX, toY) = SoftEllipse(centre: pose.centre, right: axes.right, down: axes.down).inverse
        canvas.paint(mask) { px, py, _ in
            let dx = px + 0.5 - pose.centre.x, dy = py + 0.5 - pose.centre.y
            let x = toX.x * dx + toX.y * dy, y = toY.x * dx + toY.y * dy
            let cloth = outfit.accentShows(x, y - 1.35) ? outfit.accent : outfit.base
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
        let depth: Float = sitting.outfit.collar == .pointed ? 1.72 : 1.5
        let right: [Point] = [
            head.project(thick, 0.3, -0.1), head.project(thick * 0.97, 0.85, -0.1), pose.project(thick * 1.0, 1.16, 0),
            pose.project(thick * 1.22, 1.34, 0),
        ]
        let left: [Point] = [
            pose.project(-thick * 1.22, 1.34, 0), pose.project(-thick * 1.0, 1.16, 0), head.project(-thick * 0.97, 0.85, -0.1),
            head.project(-thick, 0.3, -0.1),
        ]
        let hollow = [right[3], pose.project(thick * 0.7, depth - 0.08, 0.1), pose.project(0, depth, 0.15), pose.project(-thick * 0.7, depth - 0.08, 0.1), left[0]]
        let mask = canvas.mask(Outline(curves: [right, hollow, left]))
        let light = sitting.light, middle = pose.project(0, 1, 0).x, width = thick * pose.unit
        canvas.paint(mask) { px, _, _ in
            complexion.skin.mixed(with: complexion.blush, 0.18) * light.onCylinder((px - middle) / (width * 1.15))
        }
        let axes = pose.axes
        // Under the chin it is dark; the muscles that run to the collar bones catch light.
        canvas.dab(
            SoftEllipse(centre: head.project(-light.direction.x * 0.12, 0.93, 0.1), right: axes.right * 0.72, down: axes.down * 0.42, core: 0.2),
            Colour(0.42, 0.26, 0.23, 0), opacity: 0.8, blend: .multiply, clip: mask)
        for side in [Float(-1), 1] {
            canvas.dab(
                SoftEllipse(centre: pose.project(side * 0.17, 1.38, 0.1), right: axes.right * 0.06 + axes.down * (-0.06 * side), down: axes.down * 0.18),
                Colour(1.25, 1.16, 1.1, 0), opacity: 0.5, blend: .multiply, clip: mask)
        }
        canvas.dab(
            SoftEllipse(centre: pose.project(0, 1.47, 0.1), right: axes.right * 0.1, down: axes.down * 0.07), Colour(0.7, 0.55, 0.5, 0), opacity: 0.6,
            blend: .multiply, clip: mask)
    }

    private func paintCollar(on canvas: inout Canvas, thick: Float) {
        let outfit = sitting.outfit
        let unit = pose.unit
        let shade = sitting.light.on(SIMD3(0, -0.35, 0.93))
        let start: (Float, Float, Float) = (thick * 1.12, 1.26, 0)
        switch outfit.collar {
        case .round:
            let line = points([(-start.0, start.1, 0), (-thick * 0.75, 1.47, 0.1), (0, 1.56, 0.15), (thick * 0.75, 1.47, 0.1), start])
            canvas.fill(Outline(stroke: line, widths: [0.06, 0.085, 0.09, 0.085, 0.06].map { $0 * unit }), outfit.accent * shade)
        case .pointed:
            let line = points([(-start.0, start.1, 0), (-thick * 0.62, 1.5, 0.1), (0, 1.8, 0.15)])
            let other = points([(0, 1.8, 0.15), (thick * 0.62, 1.5, 0.1), start])
            for stroke in [line, other] { canvas.fill(Outline(stroke: stroke, widths: [0.08 * unit, 0.085 * unit, 0.08 * unit]), outfit.accent * shade) }
        case .jacket:
            for side in [Float(-1), 1] {
                let flap = Outline(curves: [
                    points([(side * start.0 * 0.98, 1.10, -0.05), (side * thick * 0.9, 1.36, 0.1), (side * 0.05, 1.66, 0.2)]),
                    points([(side * 0.22, 1.80, 0.15), (side * thick * 1.35, 1.52, 0.1), (side * start.0 * 1.16, 1.18, -0.05)]),
                ])
                canvas.fill(flap, outfit.base.mixed(with: outfit.accent, 0.2) * (shade * (side * sitting.light.direction.x > 0 ? 1 : 0.75)))
            }
        }
    }
}
