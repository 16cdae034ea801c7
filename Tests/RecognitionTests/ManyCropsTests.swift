import Foundation
import Imaging
import Learn
import Portraits
import Recognition
import TestSupport
import Testing

/// Training on crops of which only products with landmarks are kept.
@Suite struct ManyCropsTests {
    private static let people = 5
    private static let crops = 8

    private static func write(into folder: TemporaryFolder, numbers: Range<Int>, name: String) throws -> URL {
        let studio = PortraitStudio(seed: 2)
        for person in 0..<people {
            for number in numbers {
                let face = studio.face(ofInvented: person, number: number)
                try folder.write(try ImageFile.encodePNG(face.image), to: "\(name)/\(face.label)/\(number).png")
            }
        }
        return folder.url.appendingPathComponent(name)
    }

    private static func reduced(_ faces: URL, memoryMegabytes: Int = 2048, threads: Int = 2) throws -> TrainingSet {
        try TrainingSet(folder: faces, recipe: .best, wholeRows: 10, memoryMegabytes: memoryMegabytes, threads: threads)
    }

    private static func train(_ set: TrainingSet, threads: Int = 2) throws -> Trainer.Outcome {
        try Trainer(settings: .init(folds: 3, threads: threads)).train(set)
    }

    @Test func productsAreThoseOfTheFeatures() throws {
        let folder = try TemporaryFolder()
        // More crops than the fewest landmarks are made of.
        let faces = try Self.write(into: folder, numbers: 0..<16, name: "faces")
        try folder.write([1, 2, 3], to: "faces/person_0001/3-damaged.png")
        let whole = try TrainingSet(folder: faces, recipe: .best, threads: 2)
        let set = try Self.reduced(faces, memoryMegabytes: 0)
        #expect(set.features.isEmpty)
        #expect(set.rows.map(\.path) == whole.rows.map(\.path))
        #expect(set.classes == whole.classes && set.groups == whole.groups && set.dataHash == whole.dataHash)
        #expect(set.skipped.map(\.path) == whole.skipped.map(\.path) && set.skipped.count == 1)
        let reduced = try #require(set.reduced)
        let rows = try reduced.normaliser.transform(try Matrix(whole.features))
        let expected = try rows.multiplied(byTransposeOf: reduced.space.rows, threads: 2)
        #expect(reduced.samples.products.rows.rows == whole.rows.count)
        #expect(reduced.space.count <= ReducedRows.leastLandmarks && reduced.space.count < 2 * whole.rows.count)
        // Rounded to single precision once; products of blocks of mean square 1 stay below 100.
        let differences = zip(reduced.samples.products.rows.values, expected.values).map { abs(Double($0) - $1) }
        #expect((differences.max() ?? 1) < 1e-4)
        #expect(reduced.samples.products.extras.rows == whole.rows.count)
        // Each landmark is a crop or the mirror image of one.
        for (landmark, place) in reduced.samples.places.enumerated() {
            let row = try #require(place)
            let table = landmark % 2 == 0 ? reduced.samples.products.rows : reduced.samples.products.extras
            #expect(abs(Double(table[row, landmark]) - reduced.space.gram[landmark, landmark]) < 1e-4)
        }
    }

    @Test func peopleAreToldApartAndTheModelIsServed() throws {
        let folder = try TemporaryFolder()
        let set = try Self.reduced(try Self.write(into: folder, numbers: 0..<Self.crops, name: "faces"))
        let outcome = try Self.train(set)
        #expect(outcome.model.metadata.candidates.allSatisfy { $0.estimator == "subspace_discriminant" })
        #expect(outcome.assessment.accuracy >= 0.8)
        #expect(outcome.model.unknown != nil)
        let recognizer = try Recognizer(parsing: try outcome.model.serialised(), path: "model", threads: 1)
        let other = try TrainingSet(
            folder: try Self.write(into: folder, numbers: 20..<24, name: "other"), recipe: .best, threads: 2)
        #expect(try Evaluation(of: recognizer, on: other).figures.accuracy >= 0.8)
        let html = try Report(training: outcome, set: set, duration: .seconds(1)).html()
        #expect(html.contains("Strangers") && html.contains("strangers get one"))
        #expect(html.contains("Confusion") && html.contains("image/jpeg"))
    }

    @Test func theSameCropsGiveTheSameModelOnAnyNumberOfThreads() throws {
        let folder = try TemporaryFolder()
        let faces = try Self.write(into: folder, numbers: 0..<4, name: "faces")
        let one = try Self.train(try Self.reduced(faces, threads: 1), threads: 1)
        let three = try Self.train(try Self.reduced(faces, threads: 3), threads: 3)
        #expect(one.model.classifier == three.model.classifier)
        #expect(one.model.unknown == three.model.unknown)
    }

    @Test func aLabelWithOnePictureIsLeftOut() throws {
        let folder = try TemporaryFolder()
        let faces = try Self.write(into: folder, numbers: 0..<4, name: "faces")
        let face = PortraitStudio(seed: 2).face(ofInvented: 77, number: 0)
        try folder.write(try ImageFile.encodePNG(face.image), to: "faces/person_0002b/0.png")
        let outcome = try Self.train(try Self.reduced(faces))
        #expect(outcome.model.metadata.labels.count == Self.people)
        #expect(!outcome.model.metadata.labels.contains("person_0002b"))
        #expect(outcome.notices.contains { $0.hasPrefix("person_0002b: only one picture") })
    }

    @Test func lessMemoryMeansFewerLandmarks() {
        func landmarks(
            crops: Int, labels: Int, folds: Int = 5, repeats: Int = 1, megabytes: Int
        ) -> (Int, ReducedRows.Needs) {
            let needs = ReducedRows.Needs(
                crops: crops, rowsPerCrop: 2, labels: labels, features: 26_816, folds: folds, repeats: repeats)
            return (ReducedRows.landmarks(for: needs, memoryMegabytes: megabytes), needs)
        }
        #expect(landmarks(crops: 10_000, labels: 500, megabytes: 2048).0 == ReducedRows.standardLandmarks)
        let (few, needs) = landmarks(crops: 100_000, labels: 1000, megabytes: 2048)
        #expect((ReducedRows.leastLandmarks + 1..<ReducedRows.standardLandmarks).contains(few))
        #expect(needs.whileSearching(landmarks: few) <= 2048 << 20 && needs.whileSearching(landmarks: few + 1) > 2048 << 20)
        // Making them takes more than using them where crops are few.
        let (tight, little) = landmarks(crops: 2000, labels: 10, megabytes: 256)
        #expect(little.whileMakingLandmarks(tight) <= 256 << 20 && little.whileMakingLandmarks(tight + 1) > 256 << 20)
        // Each repetition keeps scores of its own.
        let (once, _) = landmarks(crops: 100_000, labels: 500, megabytes: 2048)
        #expect(landmarks(crops: 100_000, labels: 500, repeats: 2, megabytes: 2048).0 < once)
        // Larger parts are larger copies.
        #expect(landmarks(crops: 100_000, labels: 1000, folds: 2, megabytes: 2048).0 < few)
        #expect(landmarks(crops: 10_000_000, labels: 5, megabytes: 64).0 == ReducedRows.leastLandmarks)
    }

    @Test func manyLabelsAreListedAndNotDrawn() throws {
        let labels = (0..<500).map { "label <\($0)>" }
        let truth = (0..<2000).map { $0 % 500 }
        let said = truth.enumerated().map { $0.offset % 10 == 0 ? ($0.element + 1) % 500 : $0.element }
        let matrix = try ConfusionMatrix(labels: truth, predictions: said, classCount: 500)
        let page =
            ManyLabels.confusions(labels: labels, matrix: matrix) + ManyLabels.counts(labels: labels, counts: truth.map { $0 % 7 + 1 })
        #expect(page.utf8.count < 20_000)
        #expect(page.contains("label &lt;0&gt;") && !page.contains("label <"))
        let right = try ConfusionMatrix(labels: truth, predictions: truth, classCount: 500)
        #expect(ManyLabels.confusions(labels: labels, matrix: right).contains("Nobody"))
    }
}
