import Imaging

extension HairPainter {
    /// Hair drawn back from the hairline; `tight` 1 lies flat.
    func paintCombedBack(on canvas: inout Canvas, skin: Mask, tight: Float) {
        let w = face.cheek, top: Float = -1.2 - (tight > 0.5 ? 0.02 : 0.06 * volume)
        let outer = points(crown(width: tight > 0.5 ? 1.0 : 1.03, top: top, ear: 0.02))
        let line = face.hairline
        let dip: Float = tight > 0.5 ? 0 : 0.05 * side
        let inner = surface([
            (w * 0.99, 0.06), (w * 0.94, -0.22), (w * 0.80, -0.44), (w * 0.63, line * 0.84), (0.24 + dip, line - 0.01), (dip, line + 0.012),
            (-0.24 + dip, line - 0.01), (-w * 0.63, line * 0.84), (-w * 0.80, -0.44), (-w * 0.94, -0.22), (-w * 0.99, 0.06),
        ])
        let mask = canvas.mask(Outline(curves: [outer, inner], steps: 7)).softened(radius: 1, canvasHeight: canvas.height)
        castShadow(of: mask, on: &canvas, skin: skin, strength: 0.32)
        let centre = -0.05 - 0.15 * tight
        comb(mask, on: &canvas, contrast: tight > 0.5 ? 0.8 : 1, gloss: tight > 0.5 ? 0.7 : 1) { x, y in
            Strands.around(x - dip, y - centre) * (tight > 0.5 ? 20 : 26)
        }
        guard tight < 0.5 else { return }
        paintLooseStrands(on: &canvas, count: 5)
    }

    /// Fine locks that escaped beside the temples.
    private func paintLooseStrands(on canvas: inout Canvas, count: Int) {
        var dice = sitting.dice
        let tone = complexion.hair.mixed(with: complexion.sheen, 0.4) * sitting.light.on(SIMD3(0, -0.3, 0.95))
        for _ in 0..<count {
            let s: Float = dice.chance(0.5) ? 1 : -1
            let x = s * face.cheek * dice.uniform(0.74, 0.95)
            let y = dice.uniform(-0.62, -0.4), fall = dice.uniform(0.25, 0.6)
            let path = points([
                (x, y, 0.3), (x + s * dice.uniform(0.02, 0.07), y + fall * 0.4, 0.3), (x + s * dice.uniform(-0.03, 0.05), y + fall, 0.3),
            ])
            canvas.fill(Outline(stroke: path, widths: [pose.unit * 0.012, pose.unit * 0.014, 0.5]), tone, opacity: 0.75)
        }
    }

    /// The tail over one shoulder.
    func paintTail(on canvas: inout Canvas) {
        let s = side
        let tail = Outline(
            stroke: points([
                (s * 0.5, -0.5, -0.4), (s * 0.82, 0.05, -0.35), (s * 0.80, 0.7, -0.2), (s * 0.70, 1.2, 0), (s * 0.78, 1.72, 0.1),
            ]),
            widths: [0.2, 0.32, 0.36, 0.30, 0.03].map { $0 * pose.unit * volume })
        comb(canvas.mask(tail).softened(radius: 1, canvasHeight: canvas.height), on: &canvas, gloss: 0.5) { x, y in
            (x * s - 0.12 * smoothStep(0, 1.2, y)) * 30 + 7 * smoothStep(0.1, 1.4, y)
        }
    }

    func paintKnot(on canvas: inout Canvas) {
        let axes = pose.axes
        let centre = pose.project(0.04 * side, -1.27, -0.25)
        let knot = Outline(
            smooth: (0..<14).map { i in
                // A slightly uneven ring from a table of directions.
                let (x, y) = Ring.fourteen[i]
                let r = (0.30 + 0.02 * strands.tone(Float(i) * 1.7)) * volume
                return centre + axes.right * (x * r * 1.1) + axes.down * (y * r)
            })
        let mask = canvas.mask(knot).softened(radius: 1, canvasHeight: canvas.height)
        comb(mask, on: &canvas, contrast: 1.1, gloss: 1.2) { x, y in
            let dx = x - 0.04, dy = y + 1.3
            return Strands.around(dx, dy) * 5 + (dx * dx + dy * dy) * 60
        }
        let band = Outline(
            stroke: points([(-0.26, -1.10, 0), (0, -1.04, 0.15), (0.26, -1.10, 0)]), widths: [0.05, 0.08, 0.05].map { $0 * pose.unit })
        canvas.fill(band, sitting.outfit.accent * sitting.light.on(SIMD3(0, -0.3, 0.95)))
    }

    /// Straight hair from the crown into pointed strands over the forehead.
    func paintFringe(on canvas: inout Canvas, skin: Mask) {
        let w = face.cheek, s = side
        let outer = points(crown(width: 1.06 * (0.6 + 0.4 * volume), top: -1.27 * (0.8 + 0.2 * volume), ear: 0.12))
        // Tips of the fringe, the longest towards one side; between them the gaps go up.
        var dice = sitting.dice
        var tips: [(Float, Float)] = []
        let count = 7
        for i in 0...count {
            let t = Float(i) / Float(count) * 2 - 1
            let x = t * w * 0.86
            let long = -0.47 + 0.10 * t * s + 0.10 * t * t + dice.uniform(-0.04, 0.04)
            tips.append((x - 0.05 * s, long))
            if i < count {
                tips.append((x + w * 0.17 + 0.05 * s, long - dice.uniform(0.09, 0.2)))
            }
        }
        let right: [Point] = points([(w * 1.0, 0.12, 0.1), (w * 0.95, -0.05, 0.2)]) + surface([(w * 0.90, -0.3)])
        let left: [Point] = surface([(-w * 0.90, -0.3)]) + points([(-w * 0.95, -0.05, 0.2), (-w * 1.0, 0.12, 0.1)])
        let fringe = surface(tips.reversed())
        var outline = Outline.curve(outer, steps: 7)
        outline += Outline.curve(right, steps: 4)
        for i in 0..<(fringe.count - 1) {
            let bend = (fringe[i] + fringe[i + 1]) * 0.5 + Point(pose.unit * 0.012 * s, pose.unit * 0.015)
            outline += Outline.curve([fringe[i], bend, fringe[i + 1]], steps: 3)
        }
        outline += Outline.curve(left, steps: 4)
        let mask = canvas.mask(Outline(outline)).softened(radius: 1, canvasHeight: canvas.height)
        castShadow(of: mask, on: &canvas, skin: skin, strength: 0.5)
        comb(mask, on: &canvas, contrast: 0.9, gloss: 1.15) { x, y in
            let fall = max(0.15, y + 1.45)
            return (x - 0.1 * s) / fall * 22 + 40
        }
    }

    /// Curls on top, short at the sides.
    func paintCurls(on canvas: inout Canvas, skin: Mask) {
        let w = face.cheek, line = face.hairline
        let sides = Outline(curves: [
            points(crown(width: 1.0, top: -1.14, ear: 0.08)),
            surface([
                (w * 0.92, 0.05), (w * 0.90, -0.2), (w * 0.84, -0.42), (w * 0.68, line * 0.92), (0, line - 0.08), (-w * 0.68, line * 0.92),
                (-w * 0.84, -0.42), (-w * 0.90, -0.2), (-w * 0.92, 0.05),
            ]),
        ])
        let shaved = canvas.mask(sides).softened(radius: max(1, Int(pose.unit * 0.02)), canvasHeight: canvas.height)
        canvas.paint(shaved, opacity: 0.8) { px, _, under in
            under.mixed(with: complexion.hair * sitting.light.onCylinder((px - pose.centre.x) / (pose.unit * w)), 0.85)
        }
        // The mop: lobes along the crown, and a softer row of them over the forehead.
        var dice = sitting.dice
        let tall = 0.24 * volume
        var outer = crown(width: 1.0, top: -1.2 - tall * 0.55, ear: -0.52)
        outer.removeFirst()
        outer.removeLast()
        var ring: [Point] = []
        for i in 0..<(outer.count - 1) {
            let a = outer[i], b = outer[i + 1]
            for part in [Float(0), 0.34, 0.67] {
                let lobe = 1 + dice.uniform(0, 0.05)
                ring.append(pose.project((a.0 + (b.0 - a.0) * part) * lobe, (a.1 + (b.1 - a.1) * part) * lobe, 0))
            }
        }
        let row: [(Float, Float)] = (0...10).map { i in
            let t = 1 - Float(i) * 0.2
            return (t * w * 0.8, line + 0.16 * t * t + (i % 2 == 0 ? 0.03 : -0.05) + dice.uniform(-0.02, 0.02))
        }
        ring += surface(row)
        let mop = canvas.mask(Outline(smooth: ring)).softened(radius: 1, canvasHeight: canvas.height)
        castShadow(of: mop, on: &canvas, skin: skin, strength: 0.5)
        comb(mop, on: &canvas, contrast: 0.5, gloss: 0.5) { x, y in x * 9 + strands.tone(y * 9) * 2 }
        paintRinglets(on: &canvas, inside: mop, tall: tall)
    }

    private func paintRinglets(on canvas: inout Canvas, inside mop: Mask, tall: Float) {
        var dice = sitting.dice
        let unit = pose.unit
        for _ in 0..<150 {
            let x = dice.uniform(-1, 1) * face.cheek, y = dice.uniform(-1.2 - tall * 0.6, face.hairline + 0.12)
            let at = pose.project(x, y, 0.4)
            let size = dice.uniform(0.05, 0.095) * unit
            let turn = dice.index(14)
            let arc = (0..<5).map { k -> Point in
                let (cx, cy) = Ring.fourteen[(turn + k * 2) % 14]
                return at + Point(cx, cy) * size
            }
            let bright = dice.unit()
            let normal = SIMD3<Float>(x * 1.1, (y + 0.5) * 0.9, 0.7)
            let lit = sitting.light.on(normal / (normal * normal).sum().squareRoot())
            let tone = bright > 0.45 ? complexion.hair.mixed(with: complexion.sheen, 0.25 + 0.6 * (bright - 0.45)) : complexion.hair * 0.35
            canvas.fill(
                Outline(stroke: arc, widths: [unit * 0.008, unit * 0.026, unit * 0.008], steps: 3), tone * lit, opacity: 0.6, clip: mop)
        }
    }
}

/// Fourteen directions around a circle, counted clockwise from the right; constants, so that no cosine is computed.
enum Ring {
    static let fourteen: [(Float, Float)] = [
        (1, 0), (0.9009689, 0.4338837), (0.6234898, 0.7818315), (0.2225209, 0.9749279), (-0.2225209, 0.9749279),
        (-0.6234898, 0.7818315), (-0.9009689, 0.4338837), (-1, 0), (-0.9009689, -0.4338837), (-0.6234898, -0.7818315),
        (-0.2225209, -0.9749279), (0.2225209, -0.9749279), (0.6234898, -0.7818315), (0.9009689, -0.4338837),
    ]
}
