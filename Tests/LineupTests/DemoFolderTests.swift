import Foundation
import Imaging
import Portraits
import Recognition
import Support
import TestSupport
import Testing
import lineup

@Suite struct DemoFolderTests {
    @Test func portraitsLieUnderTheirLabelsAndAreTheStudios() throws {
        let folder = try TemporaryFolder()
        let plan = PortraitStudio(seed: 3).plan(training: 1, keptAside: 0)
        try DemoFolder.draw(plan.training, into: folder.url, threads: 2)
        #expect(try folder.files() == plan.training.map { "\($0.label)/\($0.fileName)" }.sorted())
        let first = plan.training[0]
        let bytes = try Data(contentsOf: folder.url.appendingPathComponent("\(first.label)/\(first.fileName)"))
        #expect(try ImageFile.decode([UInt8](bytes)) == first.draw().image)
    }

    @Test func noTwoThingsShareAPlace() {
        let demo = DemoFolder(root: URL(fileURLWithPath: "/demo"))
        let places =
            [demo.photos, demo.keptAside, demo.faces(of: .best), demo.keptAsideFaces(of: .classic), demo.model, demo.classicModel]
            + Recipe.all.flatMap { [demo.report(of: $0), demo.evaluation(of: $0)] }
        #expect(Set(places).count == places.count)
        #expect(places.allSatisfy { $0.path.hasPrefix("/demo/") })
    }

    @Test func aStopRequestEndsTheDrawing() throws {
        let folder = try TemporaryFolder()
        let cancellation = Cancellation()
        cancellation.request()
        #expect(throws: RecognitionError.cancelled) {
            try DemoFolder.draw(
                PortraitStudio(seed: 3).plan(training: 1, keptAside: 0).training, into: folder.url, threads: 1, cancellation: cancellation)
        }
        #expect(try folder.files().isEmpty)
    }
}
