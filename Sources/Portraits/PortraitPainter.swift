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
            HeadwearPainter(face: face, hair: hair).paint(sitting.headwear, on: &canvas, skin: skin)
            if sitting.kind == .sunglasses { SunglassesPainter(face: face).paint(on: &canvas, dice: &dice) }
        case .turnedAway:
            let turned = TurnedPainter(sitting: sitting, hair: hair)
            if dice.chance(0.5) {
                turned.paintFromBehind(on: &canvas, dice: &dice)
            } else {
                turned.paintFromTheSide(on: &canvas, facing: dice.chance(0.5) ? 1 : -1)
            }
        case .noFace:
            BallPainter(sitting: sitting).paint(on: &canvas, dice: &dice)
        }
        return sitting.camera.develop(&canvas, dice: &dice)
    }
}
