import Imaging

/// Paints one sitting from the back to the front, and develops it.
struct PortraitPainter {
    let sitting: Sitting

    func paint() -> Image {
        var canvas = Canvas(width: sitting.frame.width, height: sitting.frame.height)
        var dice = sitting.dice
        sitting.backdrop.paint(on: &canvas)
        let hair = HairPainter(sitting: sitting, dice: &dice)
        switch sitting.kind {
        case .frontal, .sunglasses:
            hair.paintBack(on: &canvas)
            BodyPainter(sitting: sitting).paint(on: &canvas)
            let face = FacePainter(sitting: sitting)
            let skin = face.paint(on: &canvas)
            hair.paintFront(on: &canvas, skin: skin)
            let gear = Gear(face: face)
            if sitting.outfit.headband { gear.paintHeadband(on: &canvas) }
            if sitting.kind == .sunglasses { gear.paintSunglasses(on: &canvas, dice: &dice) }
        case .turnedAway:
            break
        case .noFace:
            break
        }
        return sitting.camera.develop(canvas, dice: &dice)
    }
}
