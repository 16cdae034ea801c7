import Cascade
import Imaging
import Portraits
import Recognition
import Testing

@Suite struct PhotoLimitsTests {
    private static func portrait() -> Image {
        let number = (0..<20).first { PortraitStudio.kind(of: $0) == .frontal } ?? 0
        return PortraitStudio(seed: 1).portrait(of: 0, number: number).image
    }

    /// A budget ends the searches of either finder, and what they do between searches.
    @Test(arguments: [Recipe.classic, .best])
    func aSpentBudgetEndsTheWork(_ recipe: Recipe) throws {
        let (gray, finder) = (Self.portrait().grayscale(), try FaceFinder(recipe: recipe))
        let over = SearchBudget(deadline: .now - .seconds(1))
        #expect(throws: CascadeError.outOfTime) { try finder.faces(in: gray, within: SearchLimits(budget: over)) }
        #expect(throws: CascadeError.outOfTime) { try over.check() }
        let left = SearchBudget { true }
        #expect(throws: CascadeError.cancelled) { try finder.faces(in: gray, within: SearchLimits(budget: left)) }
        try SearchBudget().check()
    }

    /// Decoding asks the budget too: a photo that is a lot of work to decode ends with it.
    @Test func aSpentBudgetEndsDecoding() throws {
        let png = try ImageFile.encodePNG(Self.portrait())
        let left = PhotoLimits(search: SearchLimits(budget: SearchBudget { true }))
        #expect(throws: ImagingError.cancelled) { try left.open(png).decode() }
        #expect(try PhotoLimits(search: SearchLimits(budget: SearchBudget())).open(png).decode() == Self.portrait())
    }

    /// Candidates are united hit by hit; the budget is asked on the way.
    @Test func aSpentBudgetEndsTheUnion() throws {
        let union = CandidateUnion(Recipe.best.finding?.searches ?? [])
        let hits = [[Hit(rect: Rect(x: 1, y: 1, width: 30, height: 30), weight: 1)], [], []]
        #expect(try union.candidates(from: hits, within: SearchBudget()).count == 1)
        #expect(throws: CascadeError.cancelled) { try union.candidates(from: hits, within: SearchBudget { true }) }
    }

    /// Of many faces the largest are named, in their order; of equally large ones the first.
    @Test func theLargestFacesAreNamed() {
        let sides = [10, 30, 20, 30, 5]
        let faces = sides.enumerated().map { FoundFace(box: Rect(x: 100 * $0, y: 0, width: $1, height: $1), eyes: []) }
        func places(_ most: Int) -> (named: [Int], others: [Int]) {
            let (named, others) = PhotoLimits(faces: most).parted(faces)
            return (named.map { $0.box.x / 100 }, others.map { $0.box.x / 100 })
        }
        #expect(places(1).named == [1])
        #expect(places(3).named == [1, 2, 3])
        #expect(places(3).others == [0, 4])
        #expect(places(5).others.isEmpty)
        #expect(places(.max).named == [0, 1, 2, 3, 4])
    }
}
