import Imaging

/// Paints hair: what falls behind the head first, the rest over the forehead at the end.
struct HairPainter {
    let sitting: Sitting
    let strands: Strands
    /// Differs a little from day to day.
    let volume: Float
    /// The side of the parting or of a pony tail: -1 or 1.
    let side: Float
    var pose: Pose { sitting.pose }
    var complexion: Complexion { sitting.athlete.complexion }
    var face: FaceShape { sitting.athlete.face }

    init(sitting: Sitting, dice: inout SeededDice) {
        self.sitting = sitting
        strands = Strands(dice: &dice)
        volume = dice.uniform(0.9, 1.12)
        side = dice.chance(0.7) ? 1 : -1
    }

    func paintBack(on canvas: inout Canvas) {
        paintSkull(on: &canvas)
        switch sitting.hair {
        case .waves: paintWavesBehind(on: &canvas)
        case .ponytail: paintTail(on: &canvas)
        case .curls, .knot, .fringe: break
        }
    }

    func paintFront(on canvas: inout Canvas, skin: Mask) {
        switch sitting.hair {
        case .ponytail where sitting.headwear.covers, .knot where sitting.headwear.covers, .curls where sitting.headwear.covers:
            paintCombedBack(on: &canvas, skin: skin, tight: 1)
        case .ponytail: paintCombedBack(on: &canvas, skin: skin, tight: 0)
        case .knot:
            paintKnot(on: &canvas)
            paintCombedBack(on: &canvas, skin: skin, tight: 1)
        case .curls: paintCurls(on: &canvas, skin: skin)
        case .fringe: paintFringe(on: &canvas, skin: skin)
        case .waves: paintCurtain(on: &canvas, skin: skin)
        }
    }

    /// Hair behind the ears, so that no background shows between them and the hairline.
    private func paintSkull(on canvas: inout Canvas) {
        let width: Float = sitting.hair == .curls ? 0.97 : 1.0
        let skull = canvas.mask(
            Outline(curves: [points(crown(width: width, top: -1.14, ear: 0.12)), points([(0.4, 0.4, -0.2), (-0.4, 0.4, -0.2)])]))
        let light = sitting.light, tone = complexion.hair, middle = pose.centre.x, reach = face.cheek * pose.unit * 1.1
        canvas.paint(skull) { px, _, _ in tone * light.onCylinder((px - middle) / reach) }
    }

    /// The whole head with its hair pressed flat, as a headband finds it.
    func head(_ canvas: Canvas) -> Mask {
        let width: Float = sitting.hair == .waves || sitting.hair == .fringe ? 1.09 : 1.02
        return canvas.mask(Outline(curves: [points(crown(width: width, top: -1.3, ear: 0.2)), points([(0.3, 0.9, 0), (-0.3, 0.9, 0)])]))
    }

    /// Points given as (x, y, z) in head units.
    func points(_ list: [(Float, Float, Float)]) -> [Point] { list.map { pose.project($0.0, $0.1, $0.2) } }

    /// Points on the face's surface, slightly before it.
    func surface(_ list: [(Float, Float)]) -> [Point] { list.map { pose.onFace($0.0, $0.1, lift: 0.03) } }

    func mirrored(_ list: [(Float, Float, Float)]) -> [(Float, Float, Float)] { list.reversed().map { (-$0.0, $0.1, $0.2) } }

    /// The silhouette of hair over the skull, from one ear over the top to the other.
    func crown(width: Float, top: Float, ear: Float) -> [(Float, Float, Float)] {
        let w = face.cheek * width
        let right: [(Float, Float, Float)] = [
            (w * 0.42, top + 0.03, 0), (w * 0.80, top * 0.84, 0), (w * 1.01, top * 0.55, 0), (w * 1.06, -0.30, 0), (w * 1.0, ear, 0),
        ]
        return mirrored(right) + [(0, top, 0)] + right
    }

    /// Paints hair inside `mask`: base colour, strands along `flow` (head units to strand number), light on the skull and a sheen.
    @inline(__always)
    func comb(_ mask: Mask, on canvas: inout Canvas, contrast: Float = 1, gloss: Float = 1, flow: (_ x: Float, _ y: Float) -> Float) {
        let axes = pose.axes
        let frame = SoftEllipse(centre: pose.project(0, 0, 0), right: axes.right, down: axes.down)
        let (toX, toY) = frame.inverse
        let light = sitting.light
        var half = light.direction + SIMD3<Float>(0, -0.35, 0.8)
        half /= (half * half).sum().squareRoot()
        let base = complexion.hair, sheen = complexion.sheen, strands = strands
        let widest = face.cheek * 1.25
        canvas.paint(mask) { px, py, _ in
            let dx = px + 0.5 - frame.centre.x, dy = py + 0.5 - frame.centre.y
            let x = toX.x * dx + toX.y * dy, y = toY.x * dx + toY.y * dy
            let u = x / widest, v = (y + 0.15) * 0.78
            let depth = max(0.05, 1 - u * u - v * v).squareRoot()
            let normal = SIMD3<Float>(u, v, depth)
            let tone = strands.hair(flow(x, y))
            var shine = max(0, (normal * half).sum())
            shine *= shine
            shine *= shine
            shine *= shine
            let body = base.mixed(with: sheen, max(0, min(1, 0.20 + 0.34 * contrast * tone)))
            let dark = 1 - 0.30 * contrast * max(0, -tone)
            let lit = light.on(normal)
            let glow = sheen * (shine * gloss * max(0, 0.45 + 0.8 * tone))
            let rimShare = max(0, normal.x * light.rimSide - 0.4)
            return (body * dark + glow) * lit + light.rim * (sheen * (rimShare * rimShare * 1.6))
        }
    }

    /// The shadow of hair on the skin under it.
    func castShadow(of hair: Mask, on canvas: inout Canvas, skin: Mask, strength: Float = 0.6) {
        let unit = pose.unit
        let away = Int(-sitting.light.direction.x * unit * 0.05)
        let soft = hair.moved(x: away, y: Int(unit * 0.055)).softened(radius: max(1, Int(unit * 0.03)), canvasHeight: canvas.height)
        canvas.fill(soft.clipped(to: skin), Colour(0.55, 0.36, 0.32, 0), opacity: strength, blend: .multiply)
    }
}
