import Foundation
import Imaging
import Portraits
import Recognition
import Support
import TestSupport
import Testing

/// Crops follow their photos, and a person's own stay.
@Suite struct CleanFolderTests {
    private let folder: TemporaryFolder
    private var photos: URL { folder.url.appendingPathComponent("photos") }
    private var faces: URL { folder.url.appendingPathComponent("faces") }

    init() throws {
        folder = try TemporaryFolder()
        let studio = PortraitStudio(seed: 1)
        for (index, label) in ["ann", "bob"].enumerated() {
            for number in 0..<2 {
                let portrait = try ImageFile.encodePNG(studio.portrait(of: index, number: number).image)
                try folder.write(portrait, to: "photos/\(label)/\(number).png")
            }
        }
        try clean()
        try #require(crops() == ["ann/0.png-1.png", "ann/1.png-1.png", "bob/0.png-1.png", "bob/1.png-1.png"])
    }

    @discardableResult
    private func clean() throws -> Cleaner.Summary { try Cleaner(recipe: .classic, threads: 2).clean(photos, into: faces) }

    private func crops() throws -> [String] {
        try folder.files().filter { $0.hasPrefix("faces/") && $0.hasSuffix(".png") }.map { String($0.dropFirst("faces/".count)) }
    }

    private func move(_ from: String, _ to: String) throws {
        try FileManager.default.moveItem(at: folder.url.appendingPathComponent(from), to: folder.url.appendingPathComponent(to))
    }

    private func remove(_ path: String) throws {
        try FileManager.default.removeItem(at: folder.url.appendingPathComponent(path))
    }

    @Test func theCropOfAMovedPhotoMovesToo() throws {
        try move("photos/ann/0.png", "photos/bob/2.png")
        #expect(try clean().removed == 1)
        #expect(try crops() == ["ann/1.png-1.png", "bob/0.png-1.png", "bob/1.png-1.png", "bob/2.png-1.png"])
    }

    @Test func theCropOfADeletedOrReplacedPhotoGoes() throws {
        try remove("photos/ann/0.png")
        try folder.write(Array("no photo any more".utf8), to: "photos/bob/1.png")
        #expect(try clean().removed == 2)
        #expect(try crops() == ["ann/1.png-1.png", "bob/0.png-1.png"])
        #expect(try clean().removed == 0)
    }

    @Test func aPersonsOwnPicturesStay() throws {
        let own = try ImageFile.encodePNG(PortraitStudio(seed: 1).portrait(of: 2, number: 0).image)
        try folder.write(own, to: "faces/ann/0.png-1.png")  // in the place of a crop
        try folder.write(own, to: "faces/ann/mine.png")
        try move("faces/ann/1.png-1.png", "faces/bob/1-of-ann.png")
        try remove("photos/ann/0.png")
        try remove("photos/ann/1.png")
        #expect(try clean().removed == 0)
        #expect(try crops() == ["ann/0.png-1.png", "ann/mine.png", "bob/0.png-1.png", "bob/1-of-ann.png", "bob/1.png-1.png"])
    }

    @Test func aFolderOfPhotosThatIsEmptyAtOnceIsNoWishToLoseAllCrops() throws {
        try remove("photos/ann")
        try remove("photos/bob")
        let error = #expect(throws: RecognitionError.self) { try clean() }
        #expect("\(try #require(error))".contains("no such photo, though 4 were cleaned from it"))
        #expect(try crops().count == 4)
    }

    @Test func photosOfAnotherFolderThatAreStillThereKeepTheirCrops() throws {
        try folder.write(try ImageFile.encodePNG(PortraitStudio(seed: 1).portrait(of: 3, number: 0).image), to: "others/cleo/0.png")
        let summary = try Cleaner(recipe: .classic, threads: 2).clean(folder.url.appendingPathComponent("others"), into: faces)
        #expect(summary.removed == 0)
        #expect(try crops().count == 5)
    }

    /// The journal of a killed run is the only witness of the photo that was replaced.
    @Test func aKilledRunForgetsNoCrop() throws {
        try remove("photos/ann/0.png")
        try folder.write(Array("no photo any more".utf8), to: "photos/bob/1.png")
        #expect(throws: RecognitionError.cancelled) {
            try Cleaner(recipe: .classic, threads: 1).clean(photos, into: faces) { _ in throw RecognitionError.cancelled }
        }
        try clean()
        #expect(try crops() == ["ann/1.png-1.png", "bob/0.png-1.png"])
    }

    @Test func trainingWarnsOfOneFaceUnderTwoLabels() throws {
        let drawn = try TemporaryFolder()
        try DrawnCrops.write(into: drawn)
        let model = drawn.url.appendingPathComponent("model.safetensors")
        let report = drawn.url.appendingPathComponent("report")
        let settings = Trainer.Settings(grid: .candidates(DrawnCrops.grid), folds: 3, threads: 2)
        let run = TrainingRun(
            faces: drawn.url.appendingPathComponent("faces"), model: model, report: report, recipe: .classic, settings: settings)
        let sentence = "ann/0.jpg-1.png and cleo/copy.png show the same face under two labels"
        #expect(try !run.run(cancellation: Cancellation()) { _, _, _ in }.warnings.contains { $0.contains("two labels") })
        try drawn.write(try ImageFile.encodePNG(DrawnCrops.crop(label: 0, number: 0)), to: "faces/cleo/copy.png")
        let warnings = try run.run(cancellation: Cancellation()) { _, _, _ in }.warnings
        #expect(warnings.contains { $0.hasPrefix(sentence) })
    }
}
