import Foundation
import Imaging
import Portraits
import Recognition
import TestSupport
import Testing

@Suite struct ReportTests {
    @Test func theReportShowsEverythingAndFetchesNothing() throws {
        let folder = try TemporaryFolder()
        try DrawnCrops.write(into: folder)
        let faces = folder.url.appendingPathComponent("faces")
        // A label that would break careless HTML.
        try FileManager.default.moveItem(at: faces.appendingPathComponent("cleo"), to: faces.appendingPathComponent("<b>&\"cleo"))
        let set = try DrawnCrops.set(folder)
        let outcome = try DrawnCrops.train(set)
        let html = try Report(training: outcome, set: set, duration: .seconds(1.5)).html()
        for heading in [
            "What was learned", "Crops per label", "What is measured", "Candidates", "Confusion matrix", "Each label", "Reliability",
            "The worst mistakes", "random forest trees 5",
        ] {
            #expect(html.contains(heading), "\(heading) is missing")
        }
        #expect(!html.contains("<b>&\"cleo"), "the label is not escaped")
        #expect(html.contains("&lt;b&gt;&amp;"))
        #expect(!html.contains("http://") && !html.contains("https://"), "something is fetched")
        #expect(!html.contains("{{"), "a tag of the template is left over")
        let recognizer = try Recognizer(parsing: try outcome.model.serialised(), path: "model", threads: 1)
        let page = try Report(evaluation: try Evaluation(of: recognizer, on: set), recognizer: recognizer, set: set).html()
        #expect(page.contains("How good is it?") && page.contains("95 % interval"))
    }

    @Test func boxesAreDrawnOnlyOnThePhotoThatTheManifestSpeaksOf() throws {
        let folder = try TemporaryFolder()
        try DrawnCrops.write(into: folder)
        let studio = PortraitStudio(seed: 1)
        let numbers = (0..<20).filter { PortraitStudio.kind(of: $0) == .frontal }.prefix(3)
        for number in numbers {
            try folder.write(try ImageFile.encodePNG(studio.portrait(of: 0, number: number).image), to: "photos/ann/p\(number).png")
        }
        let faces = folder.url.appendingPathComponent("faces")
        let kept = try Cleaner(recipe: .classic, threads: 2).clean(folder.url.appendingPathComponent("photos"), into: faces).kept
        try #require(kept > 0, "none of three frontal portraits was kept")
        let set = try DrawnCrops.set(folder)
        let outcome = try DrawnCrops.train(set)
        let html = try Report(training: outcome, set: set, duration: .seconds(1)).html()
        #expect(html.contains("class=\"eye\""))
        #expect(html.contains("From photos to faces"))
        #expect(html.contains("<tr><td>ann</td><td>3</td>"), "the label's photos are not counted")
        for number in numbers { try folder.write([1, 2, 3], to: "photos/ann/p\(number).png") }
        #expect(try !Report(training: outcome, set: set, duration: .seconds(1)).html().contains("class=\"eye\""))
    }
}
