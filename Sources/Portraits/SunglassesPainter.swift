import Imaging

/// Sunglasses: dark lenses that reflect a little of the sky.
struct SunglassesPainter {
    let face: FacePainter

    func paint(on canvas: inout Canvas, dice: inout SeededDice) {
        let pose = face.pose, shape = face.face, unit = pose.unit, light = face.sitting.light
        let frame = Colour(hex: dice.pick([0x141416, 0x2A1D16, 0x1D2B3A, 0x3A1418]))
        let tint = Colour(hex: dice.pick([0x0B0D10, 0x14100C, 0x0A1216]))
        let mirror = Colour(hex: dice.pick([0xE08A4A, 0x4A8FD0, 0x58A08A, 0x6B6B74]))
        let y = FacePainter.eyeLine + 0.01
        for side in [Float(-1), 1] {
            let x = side * shape.eyeDistance
            func at(_ dx: Float, _ dy: Float) -> Point { pose.onFace(x + dx * side, y + dy, lift: 0.08) }
            let lens = canvas.mask(
                Outline(smooth: [
                    at(-0.26, -0.10), at(0, -0.165), at(0.26, -0.13), at(0.31, -0.02), at(0.2, 0.16), at(-0.05, 0.20), at(-0.22, 0.12),
                ]))
            let arm = Outline(
                stroke: [at(0.27, -0.09), pose.project(side * shape.cheek * 1.03, y - 0.06, 0)], widths: [0.05 * unit, 0.05 * unit])
            canvas.fill(arm, frame)
            canvas.fill(lens.softened(radius: 2, canvasHeight: canvas.height), frame)
            let inner = canvas.mask(
                Outline(smooth: [
                    at(-0.225, -0.075), at(0, -0.135), at(0.235, -0.10), at(0.275, -0.01), at(0.18, 0.13), at(-0.045, 0.168),
                    at(-0.19, 0.10),
                ]))
            let top = at(0, -0.165).y, height = max(1, at(0, 0.19).y - top)
            canvas.paint(inner) { _, py, _ in tint.mixed(with: mirror * 0.55, max(0, 0.55 - (py - top) / height) * 0.6) }
            canvas.dab(
                SoftEllipse(
                    centre: at(-0.08 * side * (light.direction.x > 0 ? -1 : 1), -0.04),
                    right: pose.axes.right * 0.12 - pose.axes.down * 0.05, down: pose.axes.down * 0.03),
                Colour(hex: 0xFFFFFF), opacity: 0.16, clip: inner)
        }
        let bridge = Outline(
            stroke: [
                pose.onFace(-0.09, y - 0.06, lift: 0.12), pose.onFace(0, y - 0.085, lift: 0.14), pose.onFace(0.09, y - 0.06, lift: 0.12),
            ], widths: [0.04 * unit, 0.035 * unit, 0.04 * unit])
        canvas.fill(bridge, frame)
    }
}
