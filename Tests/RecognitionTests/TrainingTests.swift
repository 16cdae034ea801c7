import Foundation
import Imaging
import Portraits
import Recognition
import Support
import Synchronization
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
        // A label with fewer groups than folds is tested in as many folds as it has groups.
        #expect(try DrawnCrops.train(set, folds: 5).model.metadata.labels == ["ann", "bob", "cleo"])
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
        var settings = Trainer.Settings(grid: .candidates(DrawnCrops.grid), folds: 3, groupDuplicates: true, threads: 2)
        settings.falseAcceptRate = 0.25
        let model = try Trainer(settings: settings).train(set).model
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
        let trainer = Trainer(settings: .init(grid: .candidates(DrawnCrops.grid), folds: 3, groupDuplicates: false, threads: 1))
        #expect(throws: RecognitionError.cancelled) {
            try trainer.train(set, cancellation: cancellation) { _, _ in cancellation.request() }
        }
    }
}

@Suite struct SmallLabelTests {
    private func set(_ counts: [Int], in folder: TemporaryFolder) throws -> TrainingSet {
        for (label, count) in counts.enumerated() {
            for number in 0..<count {
                try folder.write(
                    try ImageFile.encodePNG(DrawnCrops.crop(label: label, number: number)),
                    to: "faces/\(DrawnCrops.labels[label])/\(number).png")
            }
        }
        return try DrawnCrops.set(folder)
    }

    @Test func aLabelWithFewerPicturesThanPartsIsTestedInAsMany() throws {
        let outcome = try DrawnCrops.train(try set([6, 6, 2], in: try TemporaryFolder()))
        #expect(outcome.model.metadata.labels == DrawnCrops.labels)
        #expect(outcome.notices.count == 1 && outcome.notices[0].hasPrefix("cleo: 2 different pictures"))
    }

    @Test func aLabelWithOnePictureIsLeftOutByName() throws {
        let outcome = try DrawnCrops.train(try set([6, 6, 1], in: try TemporaryFolder()))
        #expect(outcome.model.metadata.labels == ["ann", "bob"])
        #expect(outcome.model.metadata.counts == [6, 6])
        #expect(outcome.set.rows.count == 12)
        #expect(outcome.notices.count == 1 && outcome.notices[0].hasPrefix("cleo: only one picture"))
    }

    @Test func twoLabelsMustRemain() throws {
        let small = try set([6, 1, 1], in: try TemporaryFolder())
        let error = #expect(throws: RecognitionError.self) { try DrawnCrops.train(small) }
        guard case .unusableTrainingSet(_, let reason)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason.contains("only one label, ann"))
    }
}

@Suite struct TrainingRunTests {
    private func run(in folder: TemporaryFolder, out: String = "model") -> TrainingRun {
        TrainingRun(
            faces: folder.url.appendingPathComponent("faces"), model: folder.url.appendingPathComponent(out),
            report: folder.url.appendingPathComponent("report"), recipe: .classic,
            settings: Trainer.Settings(grid: .candidates(DrawnCrops.grid), folds: 3, threads: 2))
    }

    @Test func cropsBecomeAModelAndAReportAndNothingElseStays() throws {
        let folder = try TemporaryFolder()
        try DrawnCrops.write(into: folder, count: 5)
        try FileManager.default.createDirectory(at: folder.url.appendingPathComponent("faces/dora"), withIntermediateDirectories: true)
        let result = try run(in: folder).run(cancellation: Cancellation()) { _, _, _ in }
        #expect(try folder.files().filter { !$0.hasPrefix("faces/") } == ["model", "report/index.html"])
        #expect(try Recognizer(contentsOf: result.model).summary == result.summary)
        #expect(result.crops == 15 && result.pictures == 15)
        #expect(result.warnings.count == 2)
        #expect(result.warnings[0].contains("dora") && result.warnings[1].contains("lineup clean"))
    }

    @Test func aPlaceThatCannotBeWrittenIsNamedBeforeAnyWork() throws {
        let folder = try TemporaryFolder()
        try DrawnCrops.write(into: folder, count: 5)
        for out in ["faces", "faces/ann/0.jpg-1.png/model"] {
            let error = #expect(throws: RecognitionError.self) {
                try run(in: folder, out: out).run(cancellation: Cancellation()) { _, _, _ in Issue.record("work was done") }
            }
            guard case .inputOutput? = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
        _ = try run(in: folder, out: "new/folder/model").run(cancellation: Cancellation()) { _, _, _ in }
        #expect(try folder.files().contains("new/folder/model"))
    }

    @Test func aStoppedRunGoesOnFromItsJournal() throws {
        let folder = try TemporaryFolder()
        try DrawnCrops.write(into: folder, count: 5)
        let cancellation = Cancellation()
        #expect(throws: RecognitionError.cancelled) {
            try run(in: folder).run(cancellation: cancellation) { stage, done, _ in
                if stage == .search, done == 4 { cancellation.request() }
            }
        }
        #expect(try folder.files().contains(".model.journal"))
        let searched = Mutex<[Int]>([])
        let result = try run(in: folder).run(cancellation: Cancellation()) { stage, done, _ in
            if stage == .search { searched.withLock { $0.append(done) } }
        }
        #expect(searched.withLock { $0.count } < 9, "what the journal holds is not done again")
        let fresh = try TemporaryFolder()
        try DrawnCrops.write(into: fresh, count: 5)
        let whole = try run(in: fresh).run(cancellation: Cancellation()) { _, _, _ in }
        #expect(whole.summary.candidates == result.summary.candidates)
    }

    @Test func theAsynchronousCallsGiveTheSame() async throws {
        let folder = try TemporaryFolder()
        try DrawnCrops.write(into: folder, count: 5)
        let set = try await TrainingSet(folder: folder.url.appendingPathComponent("faces"), recipe: .classic)
        let outcome = try await Trainer(settings: .init(grid: .candidates(DrawnCrops.grid), folds: 3)).train(set)
        let url = folder.url.appendingPathComponent("model")
        try outcome.model.write(to: url)
        let photo = PortraitStudio(seed: 1).portrait(of: 0, number: 0).image
        let recognizer = try Recognizer(contentsOf: url)
        let faces = try await recognizer.faces(in: photo)
        let answer = try recognizer.answer(for: try ImageFile.encodePNG(photo), limits: .standard)
        #expect(faces == answer.faces)
        let again = try DrawnCrops.train(set)
        #expect(outcome.model.metadata.candidates == again.model.metadata.candidates)
        let task = Task { try await TrainingSet(folder: folder.url.appendingPathComponent("faces"), recipe: .classic) }
        task.cancel()
        await #expect(throws: RecognitionError.cancelled) { try await task.value }
    }
}

@Suite struct RecipeTravelTests {
    @Test func aSetMeasuredByOneRecipeIsNoOtherRecipes() throws {
        let folder = try TemporaryFolder()
        try DrawnCrops.write(into: folder, count: 5)
        let faces = folder.url.appendingPathComponent("faces")
        let classic = try DrawnCrops.set(folder)
        let model = try DrawnCrops.train(classic).model
        #expect(model.metadata.recipe == .classic && classic.recipe == .classic)
        let best = try TrainingSet(folder: faces, recipe: .best, threads: 2)
        let recognizer = try Recognizer(parsing: try model.serialised(), path: "model", threads: 1)
        let differs = RecognitionError.recipeDiffers(path: faces.path, expected: "classic", found: "best")
        #expect(throws: differs) { try Evaluation(of: recognizer, on: best) }
        let outcome = Trainer.Outcome(
            model: model, assessment: try Evaluation(of: recognizer, on: classic).assessment, set: classic, notices: [])
        #expect(throws: differs) { try Report(training: outcome, set: best, duration: .seconds(1)) }
    }

    @Test func theSearchIsNotRunAgainOnTheSameFolds() throws {
        let folder = try TemporaryFolder()
        try DrawnCrops.write(into: folder, count: 5)
        let set = try DrawnCrops.set(folder)
        // No two crops look alike, but grouped and plain folds still differ; on grouped ones the choice is its own confirmation.
        let grouped = try DrawnCrops.train(set, grouped: true).model.metadata
        #expect(grouped.groupedMean == grouped.candidates[grouped.best].mean)
    }

    @Test func repeatsSplitAnewAndJudgeEveryCropOnce() throws {
        let folder = try TemporaryFolder()
        try DrawnCrops.write(into: folder, count: 6)
        let set = try DrawnCrops.set(folder)
        for grouped in [false, true] {
            var settings = Trainer.Settings(
                grid: .candidates([DrawnCrops.grid[2]]), folds: 3, repeats: 3, groupDuplicates: grouped, threads: 2)
            let outcome = try Trainer(settings: settings).train(set)
            #expect(outcome.model.metadata.candidates[0].foldAccuracies.count == 9)
            #expect(outcome.assessment.verdicts.map(\.row).sorted() == Array(set.rows.indices))
            let confusion = try outcome.assessment.confusion()
            let entries = try #require(outcome.model.metadata.confusion)
            #expect(entries.reduce(0) { $0 + $1[2] } == set.rows.count)
            #expect(entries.allSatisfy { confusion[$0[0], $0[1]] == $0[2] })
            #expect(try Report(training: outcome, set: set, duration: .seconds(1)).html().contains("mean of 9 folds"))
            settings.repeats = 1
            let once = try Trainer(settings: settings).train(set).model.metadata.candidates[0].foldAccuracies
            #expect(once.count == 3)
            if grouped { #expect(Array(outcome.model.metadata.candidates[0].foldAccuracies.prefix(3)) == once) }
        }
    }

    @Test func theWideGridHoldsBothOthersAndNothingTwice() throws {
        let candidates = SearchGrid.wide.candidates(blockLengths: [3, 4], seed: 1)
        for grid in [SearchGrid.classic, .best] {
            #expect(Set(grid.candidates(blockLengths: [3, 4], seed: 1)).isSubset(of: Set(candidates)))
        }
        #expect(Set(candidates).count == candidates.count && candidates.count > 22)
    }

    @Test(arguments: [
        (Trainer.Settings(folds: 1), "folds"), (Trainer.Settings(repeats: 0), "repeats"), (Trainer.Settings(threads: 0), "threads"),
        (Trainer.Settings(falseAcceptRate: 2), "falseAcceptRate"), (Trainer.Settings(falseAcceptRate: .nan), "falseAcceptRate"),
    ])
    func settingsOutOfRangeAreNamed(settings: Trainer.Settings, name: String) throws {
        let folder = try TemporaryFolder()
        try DrawnCrops.write(into: folder, count: 3)
        let set = try DrawnCrops.set(folder)
        let error = #expect(throws: RecognitionError.self) { try Trainer(settings: settings).train(set) }
        guard case .invalidParameter(name, _, _)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func labelsThatLookTheSameAreTwoPeople() throws {
        let folder = try TemporaryFolder()
        for (index, label) in ["\u{E9}", "e\u{301}"].enumerated() {
            for number in 0..<5 {
                try folder.write(try ImageFile.encodePNG(DrawnCrops.crop(label: index, number: number)), to: "faces/\(label)/\(number).png")
            }
        }
        let set = try DrawnCrops.set(folder)
        #expect(set.labels.count == 2 && set.counts == [5, 5])
        let model = try DrawnCrops.train(set).model
        let read = try ModelFile(parsing: try model.serialised(), path: "model")
        #expect(read.metadata.labels.map { Array($0.utf8) } == set.labels.map { Array($0.utf8) })
        #expect(Set(read.metadata.labels.map { Array($0.utf8) }).count == 2)
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
