import Imaging

extension HairPainter {
    /// A smooth wave of period 2 between -1 and 1, made of parabolas.
    private func swing(_ t: Float) -> Float {
        let u = t - 2 * (t * 0.5).rounded(.down) - 1
        return 4 * u * (1 - abs(u))
    }

    func paintWavesBehind(on canvas: inout Canvas) {
        let w = face.cheek * volume
        let right: [(Float, Float, Float)] = [
            (w * 0.5, -1.14, -0.1), (w * 1.0, -0.75, -0.1), (w * 1.26, -0.1, -0.1), (w * 1.22, 0.35, -0.1), (w * 1.38, 0.75, -0.1),
            (w * 1.30, 1.1, 0), (w * 1.40, 1.45, 0.05), (w * 1.12, 1.72, 0.1), (w * 0.7, 1.6, 0.1),
        ]
        let outline = Outline(smooth: points([(0, -1.2, -0.1)] + right + mirrored(right)), steps: 7)
        let mask = canvas.mask(outline).softened(radius: 1, canvasHeight: canvas.height)
        comb(mask, on: &canvas, contrast: 0.8, gloss: 0.35) { x, y in
            (abs(x) + 0.05 * swing(y * 2.4 + (x > 0 ? 0.4 : 0))) * 24 + (x > 0 ? 60 : 0)
        }
        // Deep shade beside the neck.
        canvas.dab(
            SoftEllipse(centre: pose.project(0, 0.95, 0), right: pose.axes.right * 0.95, down: pose.axes.down * 0.75),
            Colour(0.3, 0.26, 0.26, 0), opacity: 0.75, blend: .multiply, clip: mask)
    }

    /// Hair from the parting down both sides of the face, in front of the ears.
    func paintCurtain(on canvas: inout Canvas, skin: Mask) {
        let w = face.cheek * (0.75 + 0.25 * volume), part = 0.13 * side, line = face.hairline
        let top = points([(part, -1.26, 0)])[0]
        let crownRight = points([(w * 0.55, -1.2, 0), (w * 0.98, -0.88, 0), (w * 1.20, -0.35, 0), (w * 1.22, 0.15, 0)])
        let crownLeft = points([(-w * 0.55, -1.2, 0), (-w * 0.98, -0.88, 0), (-w * 1.20, -0.35, 0), (-w * 1.22, 0.15, 0)])
        let fallRight = points([(w * 1.28, 0.6, 0.1), (w * 1.2, 1.0, 0.15), (w * 1.26, 1.4, 0.2), (w * 1.02, 1.62, 0.2)])
        let fallLeft = points([(-w * 1.28, 0.6, 0.1), (-w * 1.2, 1.0, 0.15), (-w * 1.26, 1.4, 0.2), (-w * 1.02, 1.62, 0.2)])
        let innerRight =
            points([(w * 0.86, 1.1, 0.2), (w * 0.98, 0.65, 0.15), (w * 0.93, 0.2, 0.2)])
            + surface([(w * 0.88, -0.15), (w * 0.78, -0.45), (part * 0.4 + w * 0.42, line * 0.9)])
        let innerLeft =
            points([(-w * 0.86, 1.1, 0.2), (-w * 0.98, 0.65, 0.15), (-w * 0.93, 0.2, 0.2)])
            + surface([(-w * 0.88, -0.15), (-w * 0.78, -0.45), (part * 0.4 - w * 0.42, line * 0.9)])
        let root = surface([(part, line - 0.02)])[0]
        let rightHalf = Outline(curves: [[top] + crownRight + fallRight, innerRight + [root]], steps: 7)
        let leftHalf = Outline(curves: [[top] + crownLeft + fallLeft, innerLeft + [root]], steps: 7)
        for (sign, half) in [(Float(1), rightHalf), (-1, leftHalf)] {
            let mask = canvas.mask(half).softened(radius: 1, canvasHeight: canvas.height)
            castShadow(of: mask, on: &canvas, skin: skin, strength: 0.5)
            comb(mask, on: &canvas, contrast: 0.95, gloss: 1) { x, y in
                let out = (x - part) * sign
                // Near the parting strands run sideways over the skull, further down they fall.
                let bent =
                    out / max(0.25, 0.55 + 0.5 * smoothStep(-1.2, 0, y)) + 0.045 * swing(y * 2.4 + 0.4 * sign) * smoothStep(-0.2, 0.5, y)
                let skull = Strands.around(out + 0.35, y + 0.35) * 0.55
                let blend = smoothStep(-0.55, 0.05, y)
                return (skull * (1 - blend) + bent * blend) * 24 + (sign > 0 ? 0 : 90)
            }
        }
        let parting = Outline(stroke: [top, root], widths: [0.5, pose.unit * 0.02])
        canvas.fill(parting, complexion.skin * 0.5, opacity: 0.45)
    }
}
