import Imaging
import Recognition
import Testing

@Suite struct EyeChoiceTests {
    private let choice = EyeChoice(expected: FacePose(left: [40, 40], right: [80, 40]), tolerance: 0.25)

    private func mark(_ x: Double, _ y: Double, neighbors: Int = 20, width: Double = 26, cascades: Int = 2) -> EyeMark {
        EyeMark(place: [x, y], width: width, neighbors: neighbors, cascades: cascades)
    }

    @Test func theTwoMarksWhereEyesLieAreThePair() throws {
        let marks = [mark(60, 70), mark(41, 39), mark(82, 42), mark(44, 28, neighbors: 5), mark(120, 40)]
        let found = try #require(choice.choice(among: marks))
        #expect(found.eyes == FacePose(left: [41, 39], right: [82, 42]))
        #expect(found.confidence > 0.5 && found.confidence <= 1)
    }

    @Test func moreAgreementIsSurer() throws {
        func confidence(neighbors: Int, cascades: Int) throws -> Double {
            let marks = [40.0, 80].map { mark($0, 40, neighbors: neighbors, cascades: cascades) }
            return try #require(choice.choice(among: marks)).confidence
        }
        #expect(try confidence(neighbors: 60, cascades: 4) > confidence(neighbors: 3, cascades: 1))
    }

    @Test func oneEyeGivesThePairItsPlaceAndLittleConfidence() throws {
        let found = try #require(choice.choice(among: [mark(44, 42)]))
        #expect(found.eyes == FacePose(left: [42, 41], right: [82, 41]))
        #expect(found.confidence < 0.5)
    }

    @Test func marksFarFromEyesAreNone() {
        #expect(choice.choice(among: []) == nil)
        #expect(choice.choice(among: [mark(60, 75), mark(10, 10)]) == nil)
    }

    @Test func marksOfSeveralCascadesInOnePlaceUnite() throws {
        let united = EyeMark.united(
            [mark(40, 40, neighbors: 10, cascades: 1), mark(43, 40, neighbors: 20, cascades: 1), mark(80, 41)], reach: 6)
        #expect(united.count == 2)
        let left = try #require(united.first { $0.place.x < 60 })
        #expect(left.place == [42, 40] && left.neighbors == 30 && left.cascades == 2)
    }
}
