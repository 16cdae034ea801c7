import Imaging

/// What is worn over the hair.
enum Headwear: Sendable {
    case none, headband, cap, knitted, swimming

    /// Whether the top of the head, and with it most of the hair, is covered.
    var covers: Bool { self == .cap || self == .knitted || self == .swimming }
}

/// Paints caps and hats.
struct HeadwearPainter {
    let face: FacePainter
    let hair: HairPainter
    private var pose: Pose { face.pose }
    private var width: Float { face.face.cheek }

    func paint(_ headwear: Headwear, on canvas: inout Canvas, skin: Mask) {
        switch headwear {
        case .none: break
        case .headband: paintHeadband(on: &canvas)
        case .knitted: paintKnitted(on: &canvas, skin: skin)
        case .swimming: paintSwimming(on: &canvas, skin: skin)
        case .cap: paintCap(on: &canvas, skin: skin)
        }
    }

    /// A dome over the skull down to a rim `rim` high in the middle of the forehead.
    private func dome(_ canvas: Canvas, top: Float, wide: Float, rim: Float, ear: Float) -> Mask {
        let w = width
        let outer = hair.points(hair.crown(width: wide, top: top, ear: ear))
        let right: [(Float, Float)] = [(w * 0.84, rim + 0.17), (w * 0.48, rim + 0.04)]
        let edge =
            hair.points([(w * wide, ear, 0)]) + hair.surface(right + [(0, rim)] + right.reversed().map { (-$0.0, $0.1) })
            + hair.points([(-w * wide, ear, 0)])
        return canvas.mask(Outline(curves: [outer, edge], steps: 7)).softened(radius: 1, canvasHeight: canvas.height)
    }

    /// Cloth lit as a dome; `weave` gives its tone at a place in head units.
    private func clothe(_ mask: Mask, on canvas: inout Canvas, gloss: Float, weave: (_ x: Float, _ y: Float) -> Colour) {
        let axes = pose.axes, light = face.sitting.light, origin = pose.centre
        let (toX, toY) = SoftEllipse(centre: origin, right: axes.right, down: axes.down).inverse
        let w = width
        canvas.paint(mask) { px, py, _ in
            let dx = px + 0.5 - origin.x, dy = py + 0.5 - origin.y
            let x = toX.x * dx + toX.y * dy, y = toY.x * dx + toY.y * dy
            let u = x / (w * 1.2), v = (y + 0.25) * 0.75
            let normal = SIMD3<Float>(u, v, max(0.05, 1 - u * u - v * v).squareRoot())
            var shine = max(0, (normal * light.direction).sum())
            shine *= shine
            shine *= shine
            shine *= shine
            return weave(x, y) * light.on(normal) + light.key * (shine * gloss)
        }
    }

    private func paintHeadband(on canvas: inout Canvas) {
        let head = hair.head(canvas)
        let w = width, unit = pose.unit
        let line = face.face.hairline - 0.03
        let path = [
            pose.project(-w * 1.16, line + 0.34, -0.2), pose.onFace(-w * 0.88, line + 0.13, lift: 0.03),
            pose.onFace(-w * 0.5, line + 0.03, lift: 0.06),
            pose.onFace(0, line, lift: 0.08), pose.onFace(w * 0.5, line + 0.03, lift: 0.06), pose.onFace(w * 0.88, line + 0.13, lift: 0.03),
            pose.project(w * 1.16, line + 0.34, -0.2),
        ]
        let thick = [0.16, 0.18, 0.19, 0.18, 0.16].map { $0 * unit }
        let band = canvas.mask(Outline(stroke: path, widths: thick)).clipped(to: head)
        let light = face.sitting.light, middle = pose.centre.x, reach = unit * w * 1.06
        let cloth = face.sitting.outfit.accent
        canvas.paint(band) { px, _, _ in cloth * light.onCylinder((px - middle) / reach, lean: -0.35) }
        canvas.fill(
            Outline(stroke: path, widths: [0.025 * unit, 0.03 * unit, 0.025 * unit]), face.sitting.outfit.base, opacity: 0.7, clip: head)
    }

    private func paintKnitted(on canvas: inout Canvas, skin: Mask) {
        let outfit = face.sitting.outfit
        let mask = dome(canvas, top: -1.44, wide: 1.12, rim: -0.70, ear: -0.46)
        hair.castShadow(of: mask, on: &canvas, skin: skin, strength: 0.5)
        let turn = pose.turn
        clothe(mask, on: &canvas, gloss: 0) { x, y in
            // Ribs meet at the top; the folded rim is of the other colour.
            let rim = smoothStep(-0.92, -0.90, y + x * x * 0.12)
            let place = (x - turn * 0.6) / max(0.2, 1.6 + y - 0.4 * (1 - rim)) * 26
            let rib = abs(place - place.rounded(.down) - 0.5) * 2
            return outfit.base.mixed(with: outfit.accent, rim) * (0.66 + 0.4 * rib)
        }
        let centre = pose.project(0, -1.48, -0.1)
        let tuft = SoftEllipse(centre: centre, right: pose.axes.right * 0.2, down: pose.axes.down * 0.18, core: 0.75)
        canvas.dab(tuft, outfit.accent * face.sitting.light.on(SIMD3(0, -0.4, 0.91)))
    }

    private func paintSwimming(on canvas: inout Canvas, skin: Mask) {
        let outfit = face.sitting.outfit
        let mask = dome(canvas, top: -1.22, wide: 1.03, rim: -0.72, ear: -0.20)
        hair.castShadow(of: mask, on: &canvas, skin: skin, strength: 0.3)
        let turn = pose.turn
        clothe(mask, on: &canvas, gloss: 0.35) { x, _ in
            outfit.base.mixed(with: outfit.accent, smoothStep(0.115, 0.105, abs(x - turn * 0.5)))
        }
    }

    private func paintCap(on canvas: inout Canvas, skin: Mask) {
        let outfit = face.sitting.outfit, w = width
        let mask = dome(canvas, top: -1.38, wide: 1.06, rim: -0.68, ear: -0.46)
        clothe(mask, on: &canvas, gloss: 0.03) { x, y in
            let panel = abs(abs(x) - 0.32 - 0.1 * y)
            return outfit.base * (0.8 + 0.2 * smoothStep(0, 0.02, panel))
        }
        // The brim stands towards the viewer.
        let upper = [(-w * 0.80, -0.60), (-w * 0.45, -0.74), (0, -0.78), (w * 0.45, -0.74), (w * 0.80, -0.60)].map {
            pose.onFace($0.0, $0.1, lift: 0.04)
        }
        let lower = [(w * 0.80, -0.60), (w * 0.62, -0.53), (0, -0.575), (-w * 0.62, -0.53), (-w * 0.80, -0.60)].map {
            pose.onFace($0.0, $0.1, lift: 0.3)
        }
        let brim = canvas.mask(Outline(curves: [upper, lower], steps: 6)).softened(radius: 1, canvasHeight: canvas.height)
        hair.castShadow(of: brim, on: &canvas, skin: skin, strength: 0.75)
        let top = upper[2].y, height = max(1, lower[2].y - top), light = face.sitting.light.on(SIMD3(0, -0.5, 0.86))
        canvas.paint(brim) { _, py, _ in outfit.accent * light * (1.05 - 0.5 * max(0, min(1, (py - top) / height))) }
    }
}
