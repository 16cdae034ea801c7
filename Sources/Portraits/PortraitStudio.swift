import Imaging

/// Draws portraits of five invented athletes, each from a seed, an athlete and a number: the demo's photos; and faces of as many other
/// invented people as are asked for.
///
/// Nothing is random but the seed: the same three numbers give the same pixels on every processor, since only integer arithmetic and exact
/// IEEE operations (+, -, x, /, square root) are used.
public struct PortraitStudio: Sendable {
    /// Of everything that differs from portrait to portrait.
    public let seed: UInt64

    /// A studio whose pictures follow from `seed`.
    public init(seed: UInt64) { self.seed = seed }

    /// What portrait `number` of every athlete shows: five of six are frontal.
    public static func kind(of number: Int) -> PortraitKind {
        guard number % 6 == 5 else { return .frontal }
        let refusable: [PortraitKind] = [.sunglasses, .turnedAway, .noFace]
        return refusable[(number / 6) % 3]
    }

    /// Draws one portrait of `athlete`, an index into `athletes`.
    /// - Precondition: `athlete` is such an index and `number` is not negative.
    /// - Complexity: O(pixels); under 30 milliseconds of a 2.8 GHz core.
    public func portrait(of athlete: Int, number: Int) -> Portrait {
        portrait(of: athlete, number: number, width: nil)
    }

    /// The same sitting in another size, `width` pixels wide and a quarter higher.
    package func portrait(of athlete: Int, number: Int, width: Int?) -> Portrait {
        precondition(number >= 0, "portraits are numbered from 0")
        let person = PortraitStudio.athletes[athlete]
        let kind = PortraitStudio.kind(of: number)
        let dice = SeededDice(seed: seed, keys: UInt64(athlete), UInt64(number))
        let sitting = Sitting(athlete: person, kind: kind, dice: dice, width: width)
        return Portrait(image: PortraitPainter(sitting: sitting).paint(), kind: kind, label: person.label)
    }

    /// The face of invented person `person` (see `Athlete.invented(_:seed:)`), cut out as a finder would: a square around eyes, nose and
    /// mouth of a frontal sitting. For measurements with hundreds of people, which no folder of photos has to be searched for.
    /// - Precondition: neither number is negative.
    /// - Complexity: O(pixels); some 20 milliseconds.
    public func face(ofInvented person: Int, number: Int) -> Portrait {
        precondition(number >= 0, "portraits are numbered from 0")
        let (sitting, label) = sitting(ofInvented: person, number: number, width: 280)
        let image = PortraitPainter(sitting: sitting).paint()
        // Drawn heads reach from -1.2 to 1 units; a face cascade's square spans the brows to the lower lip, the cheeks at its sides.
        var place = sitting.dice
        let half = sitting.pose.unit * place.uniform(0.82, 0.92)
        let middle = sitting.pose.project(place.bell(0.02), 0.14 + place.bell(0.02), 0.4)
        let side = Int(2 * half)
        let box = Rect(x: Int(middle.x - half), y: Int(middle.y - half), width: side, height: side)
        return Portrait(image: image.cropped(to: box.intersection(image.bounds)), kind: .frontal, label: label)
    }

    /// The photo that such a face would be cut from, `width` pixels wide and a quarter higher.
    package func portrait(ofInvented person: Int, number: Int, width: Int) -> Portrait {
        let (sitting, label) = sitting(ofInvented: person, number: number, width: width)
        return Portrait(image: PortraitPainter(sitting: sitting).paint(), kind: .frontal, label: label)
    }

    private func sitting(ofInvented person: Int, number: Int, width: Int) -> (Sitting, label: String) {
        let athlete = Athlete.invented(person, seed: seed)
        let dice = SeededDice(seed: seed, keys: 0x66616365, UInt64(person), UInt64(number))
        return (Sitting(athlete: athlete, kind: .frontal, dice: dice, width: width), athlete.label)
    }
}
