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
}
