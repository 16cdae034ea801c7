import Foundation
import Imaging
import Recognition
import TestSupport
import Testing

@Suite struct TrainingSetTests {
    @Test func rowsFollowTheFolderAndForeignFilesAreTold() throws {
        let folder = try TemporaryFolder()
        try DrawnCrops.write(into: folder, count: 2)
        try folder.write(Array("no picture".utf8), to: "faces/bob/notes.txt")
        let set = try DrawnCrops.set(folder)
        #expect(set.labels == DrawnCrops.labels)
        #expect(set.counts == [2, 2, 2])
        #expect(set.rows.map(\.path).first == "ann/0.jpg-1.png")
        #expect(set.classes == [0, 0, 1, 1, 2, 2])
        #expect(set.skipped.map(\.path) == ["bob/notes.txt"])
        #expect(set.features[0] == ClassicFeatures.vector(of: DrawnCrops.crop(label: 0, number: 0)).map(Float.init))
    }

    @Test func theSameCropTwiceIsOneGroupWhateverItsLabel() throws {
        let folder = try TemporaryFolder()
        try DrawnCrops.write(into: folder, count: 1)
        try folder.write(try ImageFile.encodePNG(DrawnCrops.crop(label: 0, number: 0)), to: "faces/cleo/copy.png")
        let set = try DrawnCrops.set(folder)
        #expect(set.rows.map(\.path) == ["ann/0.jpg-1.png", "bob/0.jpg-1.png", "cleo/0.jpg-1.png", "cleo/copy.png"])
        #expect(set.groups == [0, 1, 2, 0])
    }

    @Test func theDataHashChangesWithLabelsNamesAndContent() throws {
        let folder = try TemporaryFolder()
        try DrawnCrops.write(into: folder, count: 2)
        let first = try DrawnCrops.set(folder).dataHash
        #expect(try DrawnCrops.set(folder, threads: 1).dataHash == first)
        let faces = folder.url.appendingPathComponent("faces")
        try FileManager.default.moveItem(at: faces.appendingPathComponent("ann/0.jpg-1.png"), to: faces.appendingPathComponent("bob/9.png"))
        #expect(try DrawnCrops.set(folder).dataHash != first)
    }

    @Test func anEmptyFolderIsNamed() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(at: folder.url.appendingPathComponent("faces/ann"), withIntermediateDirectories: true)
        #expect(throws: RecognitionError.self) { try DrawnCrops.set(folder) }
    }
}

@Suite struct TrainerTests {
    @Test func theSameCropsGiveTheSameModelOnAnyNumberOfThreads() throws {
        let folder = try TemporaryFolder()
        try DrawnCrops.write(into: folder)
        let set = try DrawnCrops.set(folder)
        let one = try DrawnCrops.train(set, threads: 1)
        let two = try DrawnCrops.train(set, threads: 2)
        #expect(one.model.classifier == two.model.classifier)
        #expect(one.model.metadata.candidates == two.model.metadata.candidates)
        #expect(one.model.metadata.candidates.count == 3)
        #expect(one.model.metadata.candidates[one.model.metadata.best].mean > 0.8, "three plain patterns can be told apart")
        #expect(one.assessment.verdicts.count == set.rows.count)
    }

    @Test func whatCannotBeLearnedFromIsToldWithItsNumbers() throws {
        let folder = try TemporaryFolder()
        try DrawnCrops.write(into: folder, count: 4)
        let set = try DrawnCrops.set(folder)
        let tooMany = #expect(throws: RecognitionError.self) { try DrawnCrops.train(set, folds: 5) }
        #expect("\(try #require(tooMany))".contains("label ann has 4 crops"))
        for label in ["bob", "cleo"] {
            try FileManager.default.removeItem(at: folder.url.appendingPathComponent("faces/\(label)"))
        }
        let alone = try DrawnCrops.set(folder)
        let single = #expect(throws: RecognitionError.self) { try DrawnCrops.train(alone) }
        #expect("\(try #require(single))".contains("only one label, ann"))
    }

    @Test func aThresholdForStrangersIsFittedWhereItIsAskedFor() throws {
        let folder = try TemporaryFolder()
        try DrawnCrops.write(into: folder)
        let set = try DrawnCrops.set(folder)
        #expect(try DrawnCrops.train(set).model.unknown == nil)
        var settings = Trainer.Settings(grid: DrawnCrops.grid, folds: 3, groupDuplicates: true, threads: 2)
        settings.falseAcceptRate = 0.25
        let model = try Trainer(recipe: .classic, settings: settings).train(set) { _, _ in }.model
        let unknown = try #require(model.unknown)
        #expect(unknown.statedFalseAcceptRate == 0.25)
        #expect(unknown.falseAcceptRate <= 0.25)
        #expect(unknown.strangerCount == set.rows.count)
        #expect(try ModelFile(parsing: try model.serialised(), path: "model").unknown == unknown)
    }

    @Test func aStopRequestEndsTheSearch() throws {
        let folder = try TemporaryFolder()
        try DrawnCrops.write(into: folder)
        let set = try DrawnCrops.set(folder)
        let cancellation = Cancellation()
        let trainer = Trainer(recipe: .classic, settings: .init(grid: DrawnCrops.grid, folds: 3, groupDuplicates: false, threads: 1))
        #expect(throws: RecognitionError.cancelled) {
            try trainer.train(set, cancellation: cancellation) { _, _ in cancellation.request() }
        }
    }
}

@Suite struct EvaluationTests {
    @Test func cropsItLearnedFromAreCountedApart() throws {
        let folder = try TemporaryFolder()
        try DrawnCrops.write(into: folder)
        let outcome = try DrawnCrops.train(try DrawnCrops.set(folder))
        let recognizer = try Recognizer(parsing: try outcome.model.serialised(), path: "model", threads: 1)
        let other = try TemporaryFolder()
        try other.write(try ImageFile.encodePNG(DrawnCrops.crop(label: 1, number: 0)), to: "faces/bob/again.png")
        let plain = Image(width: 40, height: 40, pixels: (0..<4800).map { UInt8(truncatingIfNeeded: $0 * $0 / 7) })
        try other.write(try ImageFile.encodePNG(plain), to: "faces/ann/new.png")
        try other.write(try ImageFile.encodePNG(plain), to: "faces/zoe/stranger.png")
        let figures = try Evaluation(of: recognizer, on: try DrawnCrops.set(other)).figures
        #expect(figures.crops == 2)
        #expect(figures.unseen == 1)
        #expect(figures.strangers == 1)
        #expect(figures.confusion.map { $0.reduce(0, +) } == [1, 1, 0])
        #expect(figures.confusion[1][1] == 1)
        #expect(figures.interval.lower < figures.accuracy && figures.accuracy <= figures.interval.upper)
    }
}
