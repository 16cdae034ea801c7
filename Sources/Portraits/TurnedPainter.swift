import Imaging

/// Paints an athlete who looks away: from behind, or from the side.
struct TurnedPainter {
    let sitting: Sitting
    let hair: HairPainter
    private var pose: Pose { sitting.pose }
    private var athlete: Athlete { sitting.athlete }

    /// Hair, ears and nape from behind, with a number on the back.
    func paintFromBehind(on canvas: inout Canvas, dice: inout SeededDice) {
        let body = BodyPainter(sitting: sitting, fromBehind: true)
        body.paint(on: &canvas)
        paintNumber(on: &canvas, dice.index(10), dice.index(10))
        let axes = pose.axes
        for side in [Float(-1), 1] {
            let ear = SoftEllipse(
                centre: pose.project(side * (athlete.face.cheek + 0.02), 0.06, 0), right: axes.right * 0.08, down: axes.down * 0.19,
                core: 0.93)
            canvas.dab(ear, athlete.complexion.skin.mixed(with: athlete.complexion.blush, 0.4) * sitting.light.onCylinder(side * 0.8))
        }
        let w = athlete.face.cheek
        let long = sitting.hair == .waves
        var side: [(Float, Float, Float)] = [
            (0.42 * w, -1.18, 0), (0.84 * w, -0.98, 0), (1.04 * w, -0.6, 0), (1.06 * w, -0.15, 0), (0.98 * w, 0.25, 0),
        ]
        side += long ? [(1.2 * w, 0.8, 0), (1.1 * w, 1.4, 0), (0.6 * w, 1.62, 0)] : [(0.75 * w, 0.56, 0), (0.45 * w, 0.74, 0)]
        let middle: (Float, Float, Float) = (0, long ? 1.66 : 0.78, 0)
        let scalp = canvas.mask(Outline(smooth: hair.points([(0, -1.25, 0)] + side + [middle] + hair.mirrored(side)), steps: 7))
        let combed = sitting.hair == .ponytail || sitting.hair == .knot
        hair.comb(scalp.softened(radius: 1, canvasHeight: canvas.height), on: &canvas) { x, y in
            combed ? Strands.around(x, y + (sitting.hair == .knot ? 1.0 : 0.35)) * 26 : x / max(0.4, y + 1.8) * 34 + 20
        }
        if sitting.hair == .knot { hair.paintKnot(on: &canvas) }
        if sitting.hair == .ponytail {
            let tail = Outline(
                stroke: hair.points([
                    (0, -0.35, 0.3), (0.10 * hair.side, 0.2, 0.3), (0.05 * hair.side, 0.9, 0.3), (0.14 * hair.side, 1.6, 0.3),
                ]),
                widths: [0.2, 0.42, 0.4, 0.04].map { $0 * pose.unit })
            hair.comb(canvas.mask(tail).softened(radius: 1, canvasHeight: canvas.height), on: &canvas) { x, y in x * 30 + y * 2 }
        }
    }

    /// Two digits of straight strokes, as shirts have them.
    private func paintNumber(on canvas: inout Canvas, _ tens: Int, _ ones: Int) {
        // Which of the seven strokes a digit has: top, upper left, upper right, middle, lower left, lower right, bottom.
        let strokes: [UInt8] = [
            0b1110111, 0b0010010, 0b1011101, 0b1011011, 0b0111010, 0b1101011, 0b1101111, 0b1010010, 0b1111111, 0b1111011,
        ]
        let ends: [(Float, Float, Float, Float)] = [
            (0, 0, 1, 0), (0, 0, 0, 1), (1, 0, 1, 1), (0, 1, 1, 1), (0, 1, 0, 2), (1, 1, 1, 2), (0, 2, 1, 2),
        ]
        let tone = sitting.outfit.accent.mixed(with: .gray(0.96), 0.3) * sitting.light.on(SIMD3(0, -0.2, 0.98))
        for (digit, left) in [(tens, Float(-0.38)), (ones, Float(0.12))] {
            for (k, end) in ends.enumerated() where strokes[digit] & (1 << UInt8(6 - k)) != 0 {
                let a = pose.project(left + end.0 * 0.26, 1.56 + end.1 * 0.2, 0),
                    b = pose.project(left + end.2 * 0.26, 1.56 + end.3 * 0.2, 0)
                canvas.fill(Outline(stroke: [a, b], widths: [0.08 * pose.unit, 0.08 * pose.unit], steps: 1), tone)
            }
        }
    }

    /// The face from the side, looking towards `facing` (-1 left, 1 right).
    func paintFromTheSide(on canvas: inout Canvas, facing: Float) {
        let s = facing, face = athlete.face, complexion = athlete.complexion
        BodyPainter(sitting: sitting).paint(on: &canvas)
        func at(_ x: Float, _ y: Float) -> Point { pose.project(x * s, y, 0) }
        let nose = FacePainter.eyeLine + face.noseLength, mouth = nose + face.mouthDrop
        let reach = 0.76 + 0.09 * face.noseBridge
        let profile = [
            at(0.28, -0.95), at(0.56, -0.66), at(0.645, -0.36), at(0.60, -0.13), at(0.70, nose - 0.22), at(reach, nose - 0.06),
            at(reach - 0.05, nose + 0.0), at(0.665, nose + 0.035), at(0.695, mouth - 0.05), at(0.665, mouth),
            at(0.70, mouth + face.lowerLip * 0.7),
            at(0.635, mouth + 0.155), at(0.655, face.length - 0.12), at(0.56, face.length), at(0.30, face.length + 0.01), at(0.02, 0.80),
            at(-0.2, 0.45),
            at(-0.35, 0.0), at(-0.2, -0.6),
        ]
        let mask = canvas.mask(Outline(smooth: profile, steps: 6))
        canvas.fill(mask, complexion.skin)
        canvas.dab(pose.flat(0.38 * s, 0.24, 0.25, 0.2), complexion.blush, opacity: 0.35, clip: mask)
        canvas.dab(pose.flat(0.48 * s, -0.1, 0.2, 0.15), Colour(0.7, 0.5, 0.46, 0), opacity: 0.6, blend: .multiply, clip: mask)
        if complexion.stubble > 0 {
            canvas.dab(
                pose.flat(0.35 * s, 0.78, 0.5, 0.32, core: 0.3), complexion.skin.mixed(with: complexion.hair, 0.7),
                opacity: 0.35 * complexion.stubble, clip: mask)
        }
        // Lips, nostril and eye.
        canvas.dab(pose.flat(0.655 * s, mouth + 0.005, 0.1, face.lowerLip * 0.9, core: 0.3), complexion.lips, opacity: 0.8, clip: mask)
        canvas.fill(
            Outline(stroke: [at(0.70, mouth), at(0.56, mouth + 0.012)], widths: [0.018 * pose.unit, 0.006 * pose.unit]),
            complexion.lips * 0.3, opacity: 0.8, clip: mask)
        canvas.dab(
            pose.flat(0.71 * s, nose - 0.0, 0.05, 0.025, core: 0.2), Colour(0.35, 0.2, 0.18, 0), opacity: 0.7, blend: .multiply, clip: mask)
        let eye = canvas.mask(
            Outline(curves: [
                [at(0.40, -0.045), at(0.50, -0.105), at(0.555, -0.075)], [at(0.555, -0.075), at(0.53, -0.01), at(0.40, -0.045)],
            ]))
        canvas.fill(eye, Colour(hex: 0xE6DCD4))
        canvas.dab(pose.flat(0.525 * s, -0.055, 0.03, 0.055, core: 0.7), complexion.iris * 0.5, clip: eye)
        canvas.fill(
            Outline(stroke: [at(0.37, -0.04), at(0.48, -0.11), at(0.575, -0.085)], widths: [0.012, 0.026, 0.02].map { $0 * pose.unit }),
            Colour(hex: 0x1C1210), opacity: 0.9)
        canvas.fill(
            Outline(
                stroke: [at(0.34, -0.24), at(0.48, -0.30 - face.browArch), at(0.62, -0.25)],
                widths: [0.01, face.browThickness, face.browThickness * 0.8].map { $0 * pose.unit }),
            complexion.brows, opacity: 0.8, clip: mask)
        var relief = Relief(bounds: mask.bounds)
        relief.add(pose.flat(0.42 * s, 0.2, 0.3, 0.22), height: 0.05)
        relief.add(pose.flat(0.48 * s, -0.08, 0.2, 0.16), height: -0.04)
        relief.add(pose.flat(0.6 * s, face.length - 0.12, 0.16, 0.14), height: 0.04)
        let form = HeadForm(shape: pose.flat(0, -0.06, 0.95, 1.2), unit: pose.unit)
        canvas.light(mask, form: form, relief: relief, light: sitting.light, gloss: sitting.camera.sweat, blood: Colour(1.1, 0.86, 0.8, 0))
        paintHairFromTheSide(on: &canvas, s)
        let ear = pose.flat(-0.13 * s, 0.07, 0.1, 0.19, core: 0.92)
        canvas.dab(ear, complexion.skin.mixed(with: complexion.blush, 0.3) * sitting.light.on(SIMD3(0, 0, 1)))
        canvas.dab(pose.flat(-0.12 * s, 0.06, 0.06, 0.12, core: 0.2), Colour(0.6, 0.4, 0.36, 0), opacity: 0.7, blend: .multiply)
    }

    private func paintHairFromTheSide(on canvas: inout Canvas, _ s: Float) {
        func at(_ x: Float, _ y: Float) -> Point { pose.project(x * s, y, 0) }
        let long = sitting.hair == .waves, fringe = sitting.hair == .fringe
        let high: Float = sitting.hair == .curls ? -1.34 : -1.22
        let outer = [
            at(0.60, fringe ? -0.42 : -0.68), at(0.56, -0.95), at(0.15, high), at(-0.45, high * 0.9), at(-0.82, -0.5), at(-0.78, 0.05),
        ]
        let back =
            long ? [at(-0.85, 0.7), at(-0.7, 1.4), at(-0.25, 1.55), at(-0.05, 0.9)] : [at(-0.6, 0.45), at(-0.4, 0.55), at(-0.32, 0.25)]
        let front = [at(-0.05, 0.12), at(0.04, -0.15), at(0.24, -0.45), at(0.60, fringe ? -0.42 : -0.68)]
        if sitting.hair == .ponytail {
            let tail = Outline(
                stroke: [at(-0.72, -0.45), at(-1.05, -0.1), at(-1.0, 0.6), at(-1.1, 1.2)],
                widths: [0.22, 0.36, 0.34, 0.03].map { $0 * pose.unit })
            hair.comb(canvas.mask(tail).softened(radius: 1, canvasHeight: canvas.height), on: &canvas, gloss: 0.6) { x, y in x * 30 + y * 8
            }
        }
        if sitting.hair == .knot {
            hair.comb(canvas.mask(Outline(smooth: Ring.fourteen.map { at(-0.62 + $0.0 * 0.26, -1.08 + $0.1 * 0.24) })), on: &canvas) {
                x, y in Strands.around(x + 0.6 * s, y + 1.08) * 6
            }
        }
        let mask = canvas.mask(Outline(curves: [outer + back, front], steps: 7)).softened(radius: 1, canvasHeight: canvas.height)
        hair.comb(mask, on: &canvas) { x, y in
            long || fringe ? x * s * 18 / max(0.5, 1.6 + y * 0.4) + y * 2 : Strands.around(x * s + 0.75, y + 0.35) * 30
        }
    }
}
