import Imaging

/// Draws portraits of five invented athletes, each from a seed, an athlete and a number: the demo's photos.
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
}
