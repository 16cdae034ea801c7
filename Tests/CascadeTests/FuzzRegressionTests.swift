import Cascade
import Foundation
import Imaging
import TestSupport
import Testing

/// What was found by throwing bytes at the reader and the search: `fuzz/regressions/cascade`, as `scripts/fuzz` runs it.
@Suite struct FuzzRegressionTests {
    @Test func everyInputGivesAnErrorOrAnExactSearch() throws {
        let folder = SharedData.root.appendingPathComponent("fuzz/regressions/cascade")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(!names.isEmpty)
        let picture = Synthetic.noise(width: 41, height: 33, seed: 1), parameters = try SearchTests.parameters(1.7)
        for name in names.sorted() {
            let bytes = [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
            guard let cascade = try? CascadeClassifier(xml: bytes) else { continue }
            #expect(cascade.hits(in: picture, parameters) == PlainScan(cascade.model).hits(in: picture, parameters), "\(name)")
            let image = PlainScan(cascade.model).hits(in: MirrorTests.mirrored(picture), parameters)
            #expect(cascade.mirrored().hits(in: picture, parameters) == MirrorTests.mirrored(image, width: 41), "\(name)")
        }
    }
}
