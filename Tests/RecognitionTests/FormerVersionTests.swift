import Foundation
import Imaging
import Portraits
import Recognition
import TestSupport
import Testing

/// Models and manifests that 0.1.0 wrote: see Fixtures/README.md.
@Suite struct FormerVersionTests {
    private static func url(_ name: String) throws -> URL {
        try #require(Bundle.module.url(forResource: "Fixtures/0.1.0/\(name)", withExtension: nil))
    }

    /// What 0.1.0 said of the demo's first portrait.
    private struct Answer: Decodable {
        var faces: [RecognizedFace]
    }

    @Test(arguments: ["best", "classic"])
    func modelsOf010NameAsTheyDid(name: String) throws {
        let recognizer = try Recognizer(contentsOf: try Self.url("\(name).safetensors"), threads: 2)
        #expect(recognizer.summary.recipe == name)
        let expected = try JSONDecoder().decode(Answer.self, from: Data(contentsOf: try Self.url("\(name).json"))).faces
        let photo = PortraitStudio(seed: 1).portrait(of: 0, number: 0).image
        let found = try recognizer.answer(for: try ImageFile.encodePNG(photo), limits: .standard).faces
        #expect(found.count == expected.count && expected.count == 1)
        for (face, old) in zip(found, expected) {
            #expect(face.box == old.box && face.eyes == old.eyes)
            #expect(face.label == old.label && face.known == old.known)
            #expect(face.scores.map(\.label) == old.scores.map(\.label))
            // Exponentials come from the system's mathematics library.
            #expect(zip(face.scores, old.scores).allSatisfy { abs($0.score - $1.score) < 1e-9 })
        }
    }

    @Test func aModelOf010KeepsItsTableAndItsThreshold() throws {
        let summary = try Recognizer(contentsOf: try Self.url("classic.safetensors"), threads: 1).summary
        #expect(summary.labels == ["ada_lindqvist", "nia_adeyinka", "ren_asakawa"])
        #expect(summary.counts.reduce(0, +) == 18)
        #expect(summary.candidates.count == 16)
        #expect(summary.best.estimator == "random_forest" && summary.best.parameters["trees"] == "100")
        #expect(summary.unknown?.statedFalseAcceptRate == 0.2)
        #expect(try Recognizer(contentsOf: try Self.url("best.safetensors"), threads: 1).summary.unknown == nil)
    }

    @Test func aManifestOf010IsRead() throws {
        let records = try Manifest(folder: try Self.url("faces")).ordered
        #expect(records.count == 23)
        #expect(records.count { $0.kept } == 18)
        let reasons = records.compactMap { $0.reason?.rawValue }.sorted()
        #expect(reasons == ["no_eyes", "no_eyes", "no_face", "no_face", "not_an_image"])
        #expect(Set(records.compactMap(\.group)).count == 17)
        let first = try #require(records.first)
        #expect(first.path == "ada_lindqvist/ada_lindqvist_001.png")
        #expect(first.source == "../photos/ada_lindqvist/ada_lindqvist_001.png")
        #expect(first.crops.map(\.file) == ["ada_lindqvist/ada_lindqvist_001.png-1.png"])
        #expect(first.crops.map(\.box) == [Rect(x: 95, y: 172, width: 299, height: 299)])
    }

    @Test func aRunGoesOnFromAManifestOf010() throws {
        let folder = try TemporaryFolder()
        let studio = PortraitStudio(seed: 1)
        try folder.write(try ImageFile.encodePNG(studio.portrait(of: 0, number: 0).image), to: "photos/ada_lindqvist/ada_lindqvist_001.png")
        try folder.write(
            [UInt8](try Data(contentsOf: try Self.url("faces").appendingPathComponent("manifest.jsonl"))), to: "faces/manifest.jsonl")
        let faces = folder.url.appendingPathComponent("faces")
        #expect(try Cleaner(recipe: .classic, threads: 1).clean(folder.url.appendingPathComponent("photos"), into: faces).reused == 1)
    }
}
