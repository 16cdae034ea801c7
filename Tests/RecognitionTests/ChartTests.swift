import Foundation
import Recognition
import Testing

/// The charts' geometry, read back from the SVG.
@Suite struct ChartTests {
    /// The numbers of an attribute in every tag whose text contains `mark`, in their order.
    private func numbers(_ attribute: String, of mark: String, in svg: String) throws -> [Double] {
        try svg.components(separatedBy: "<").filter { $0.contains(mark) }.map { tag in
            let start = try #require(tag.range(of: " \(attribute)=\"")).upperBound
            return try #require(Double(tag[start...].prefix { $0 != "\"" }))
        }
    }

    @Test func barsAreAsLongAsTheirCounts() throws {
        let svg = countChart(labels: ["a", "b", "c"], counts: [10, 5, 0])
        #expect(try numbers("width", of: "class=\"bar\"", in: svg) == [380, 190, 0])
        let tops = try numbers("y", of: "class=\"bar\"", in: svg)
        #expect(tops == tops.sorted() && Set(tops).count == 3)
        #expect(svg.contains("viewBox=\"0 0 600 84\""), "three rows of 28")
        #expect(try !numbers("width", of: "class=\"bar\"", in: countChart(labels: ["a"], counts: [0])).contains { $0.isNaN })
    }

    /// A quote or a bracket with an accent is one character to Swift and two to a browser.
    @Test func namesAreTextWhateverStandsInThem() {
        let svg = countChart(labels: ["\"\u{301} onload=\"x", "<\u{338}b>&"], counts: [1, 1])
        let ends: String.UnicodeScalarView = svg.unicodeScalars
        #expect(!zip(ends, ends.dropFirst()).contains { "\"<".unicodeScalars.contains($0) && $1.value >= 0x300 })
        #expect(svg.contains("&quot;\u{301} onload=&quot;x") && svg.contains("&lt;\u{338}b&gt;&amp;"))
    }

    @Test func cellsStandInRowsOfTheTruthAndColumnsOfWhatWasSaid() throws {
        let svg = confusionChart(labels: ["a", "b"], matrix: [[3, 1], [0, 4]])
        #expect(try numbers("x", of: "class=\"right\"", in: svg) == [171, 227])
        #expect(try numbers("y", of: "class=\"right\"", in: svg) == [111, 167])
        #expect(try numbers("x", of: "class=\"wrong\"", in: svg) == [227])
        #expect(try numbers("y", of: "class=\"wrong\"", in: svg) == [111])
        #expect(svg.components(separatedBy: "class=\"cell\"").count == 5)
        // Three of four: 0.15 + 0.85 x 0.75.
        #expect(svg.contains("fill-opacity=\"0.79\""))
    }

    @Test func dotsLieWhereScoreAndShareSay() throws {
        let svg = reliabilityChart([
            ReliabilityPoint(confidence: 0, accuracy: 0, count: 1), ReliabilityPoint(confidence: 1, accuracy: 1, count: 3),
        ])
        #expect(try numbers("cx", of: "class=\"dot\"", in: svg) == [50, 350])
        #expect(try numbers("cy", of: "class=\"dot\"", in: svg) == [314, 14])
        let radii = try numbers("r", of: "class=\"dot\"", in: svg)
        #expect(radii == [10, 15.12], "areas beyond the least grow as 1 to 3")
        #expect(svg.contains("points=\"50,314 350,14\""))
    }

    @Test func boxesLieInThePhotosOwnPixels() throws {
        let face = FoundFace(box: .init(x: 10, y: 20, width: 30, height: 40), eyes: [.init(x: 12, y: 24, width: 5, height: 6)])
        let svg = boxedPhoto(jpegBase64: "", width: 320, height: 160, faces: [face], title: "<a>")
        #expect(svg.contains("viewBox=\"0 0 320 160\""))
        #expect(svg.contains("&lt;a&gt;"))
        let places = try ["x", "y", "width", "height", "stroke-width"].map { try numbers($0, of: "class=\"face\"", in: svg) }
        #expect(places == [[10], [20], [30], [40], [2]])
        let eyes = try ["x", "y", "width", "height"].map { try numbers($0, of: "class=\"eye\"", in: svg) }
        #expect(eyes == [[12], [24], [5], [6]])
    }
}
