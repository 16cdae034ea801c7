import Foundation
import Imaging
import Portraits
import Recognition
import Support
import SystemPackage
import TestSupport
import Testing

@Suite struct ForgettingTests {
    private let folder: TemporaryFolder
    private var photos: URL { folder.url.appendingPathComponent("photos") }
    private var faces: URL { folder.url.appendingPathComponent("faces") }

    init() throws {
        folder = try TemporaryFolder()
        let studio = PortraitStudio(seed: 1)
        for (index, label) in ["annika", "bob", "cleo"].enumerated() {
            for number in 0..<2 {
                try folder.write(
                    try ImageFile.encodePNG(studio.portrait(of: index, number: number).image), to: "photos/\(label)/\(number).png")
            }
        }
        _ = try Cleaner(recipe: .classic, threads: 2).clean(photos, into: faces)
    }

    private func forget(_ subject: Forgetting.Subject, models: URL? = nil, feedback: URL? = nil) throws -> Forgetting.Summary {
        try Forgetting(photos: photos, faces: faces, models: models, feedback: feedback).forget(subject)
    }

    /// Whether any file below the folder holds the text, its name included.
    private func isAnywhere(_ text: String) throws -> [String] {
        try folder.files().filter { file in
            let bytes = try FileBytes.read(folder.url.appendingPathComponent(file))
            return file.contains(text) || String(decoding: bytes, as: UTF8.self).contains(text)
        }
    }

    @Test func nothingOfAPersonIsLeft() throws {
        try folder.write(Array("a note".utf8), to: "photos/annika/notes.txt")
        do {
            let review = try CropReview(faces: faces)
            let records = try Manifest(folder: faces).records
            try review.decide(.reject, on: "annika/0.png-1.png", from: records["annika/0.png"])
            try review.decide(.move(label: "dora"), on: "annika/1.png-1.png", from: records["annika/1.png"])
            try review.decide(.move(label: "annika"), on: "cleo/0.png-1.png", from: records["cleo/0.png"])
            try review.decide(.keep, on: "bob/0.png-1.png", from: records["bob/0.png"])
        }
        let summary = try forget(.label("annika"))
        #expect(summary.photos == 3 && summary.crops == 3)
        #expect(summary.otherPhotos == ["cleo/0.png"], "a photo of cleo's shows annika")
        #expect(try isAnywhere("annika").isEmpty)
        let left = try folder.files().filter { $0.hasSuffix(".png") }
        #expect(
            left == [
                "faces/bob/0.png-1.png", "faces/bob/1.png-1.png", "faces/cleo/1.png-1.png", "photos/bob/0.png", "photos/bob/1.png",
                "photos/cleo/0.png", "photos/cleo/1.png",
            ])
        #expect(try CropReview(faces: faces).decisions.map(\.file) == ["bob/0.png-1.png"])
        let collected = String(decoding: try FileBytes.read(photos.appendingPathComponent(".collected.jsonl")), as: UTF8.self)
        #expect(collected == "{\"forgotten\":\"\(FileBytes.sha256(Array("annika".utf8)))\"}\n")
        #expect(throws: RecognitionError.missing(path: "annika", what: "label")) { try forget(.label("annika")) }
    }

    @Test func onePhotoGoesAndTheOthersStay() throws {
        let crop = try FileBytes.read(faces.appendingPathComponent("bob/1.png-1.png"))
        let thumbnail = "faces/.thumbnails/\(FileBytes.sha256(crop)).jpg"
        try folder.write(Array("in small".utf8), to: thumbnail)
        let summary = try forget(.photo("bob/1.png"))
        #expect(summary.photos == 1 && summary.crops == 1 && summary.lines == 1)
        #expect(try !folder.files().contains(thumbnail), "it goes with its crop")
        #expect(try Manifest(folder: faces).ordered.map(\.path).contains("bob/1.png") == false)
        #expect(try folder.files().filter { $0.contains("bob") } == ["faces/bob/0.png-1.png", "photos/bob/0.png"])
        #expect(throws: RecognitionError.missing(path: "bob/1.png", what: "photo")) { try forget(.photo("bob/1.png")) }
    }

    private func move(_ from: String, _ to: String) throws {
        let target = folder.url.appendingPathComponent(to)
        try FileManager.default.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.moveItem(at: folder.url.appendingPathComponent(from), to: target)
    }

    /// All labels have crops of the same names, so that a name tells nothing.
    @Test func cropsThatAFileManagerMovedAreFoundByTheirPixels() throws {
        let crop = try FileBytes.read(faces.appendingPathComponent("annika/0.png-1.png"))
        try move("faces/annika/0.png-1.png", "faces/dora/0.png-1.png")
        try folder.write(crop, to: "faces/bob/copy.png")
        try FileManager.default.removeItem(at: faces.appendingPathComponent("bob/1.png-1.png"))
        try move("faces/annika/1.png-1.png", "faces/bob/1.png-1.png")  // over bob's own
        let grey = try ImageFile.encodePNG(Image(width: 8, height: 8, pixels: [UInt8](repeating: 90, count: 192)))
        try folder.write(grey, to: "faces/bob/grey.png")
        try folder.write(Array("notes".utf8), to: "faces/bob/notes.txt")
        let summary = try forget(.label("annika"))
        #expect(summary.crops == 3 && summary.otherPhotos.isEmpty)
        let left = try folder.files().filter { $0.hasPrefix("faces/") && !$0.contains("/.") }
        #expect(
            left == [
                "faces/bob/0.png-1.png", "faces/bob/grey.png", "faces/bob/notes.txt", "faces/cleo/0.png-1.png", "faces/cleo/1.png-1.png",
                "faces/manifest.jsonl",
            ])
    }

    @Test func thePhotoOfAnotherLabelThatShowsTheSameFaceIsNamedAndLeft() throws {
        try folder.write(try FileBytes.read(photos.appendingPathComponent("annika/0.png")), to: "photos/bob/same.png")
        _ = try Cleaner(recipe: .classic, threads: 2).clean(photos, into: faces)
        let summary = try forget(.label("annika"))
        #expect(summary.otherPhotos == ["bob/same.png"])
        #expect(try folder.files().contains("faces/bob/same.png-1.png"))
    }

    @Test func facesThatVisitorsSentGoToo() throws {
        let studio = PortraitStudio(seed: 1)
        func send(_ picture: [UInt8], _ right: String?, _ shown: String?) throws -> String {
            let name = "\(FileBytes.sha256(picture)).png"
            try folder.write(picture, to: "feedback/\(name)")
            let line = try JSON.line(FeedbackLine(at: "2026-05-01T12:00:00Z", crop: name, model: "5c", right: right, shown: shown))
            let file = folder.url.appendingPathComponent("feedback/feedback.jsonl")
            let lines = FileManager.default.fileExists(atPath: file.path) ? try FileBytes.read(file) : []
            try folder.write(lines + [UInt8](line), to: "feedback/feedback.jsonl")
            return name
        }
        func face(_ number: Int) throws -> [UInt8] { try ImageFile.encodePNG(studio.portrait(of: 0, number: number).image) }
        let crop = try FileBytes.read(faces.appendingPathComponent("annika/0.png-1.png"))
        let again = try FileBytes.read(faces.appendingPathComponent("annika/1.png-1.png")) + [0]  // other bytes, the same pixels
        let gone = [try send(face(10), "annika", "bob"), try send(crop, "cleo", nil), try send(again, nil, "cleo")]
        let left = [try send(face(11), "bob", "annika"), try send(face(12), "cleo", nil)]
        let feedback = folder.url.appendingPathComponent("feedback")
        let summary = try forget(.label("annika"), feedback: feedback)
        #expect(summary.sent == 3)
        #expect(
            try folder.files().filter { $0.hasPrefix("feedback/") }
                == (left.map { "feedback/\($0)" } + ["feedback/.feedback.lock", "feedback/feedback.jsonl"]).sorted())
        #expect(try isAnywhere("annika").isEmpty, "nor that somebody was taken for annika")
        for name in gone { #expect(try isAnywhere(name).isEmpty) }
        #expect(try FeedbackFace.all(in: feedback).map(\.right) == ["bob", "cleo"])
        #expect(throws: RecognitionError.missing(path: "annika", what: "label")) { try forget(.label("annika"), feedback: feedback) }
    }

    /// What visitors send while a person is being erased is neither lost nor torn.
    @Test func nothingSentMeanwhileIsLost() async throws {
        let feedback = folder.url.appendingPathComponent("feedback")
        let path = FilePath(feedback.path)
        let line = FeedbackLine(at: "2026-05-01T12:00:00Z", crop: "", model: "5c", right: "dora", shown: "annika")
        try folder.write([UInt8](try JSON.line(line)), to: "feedback/feedback.jsonl")
        async let sent: Void = Task.detached {
            for number in 0..<200 {
                var line = line
                line.at = "\(number)"
                let lock = try FeedbackLine.lock(path)
                try line.append(to: path)
                withExtendedLifetime(lock) {}
            }
        }.value
        var rounds = 0
        while try FeedbackLine.count(in: path) < 201 {
            // Only the first time is there more to erase than that dora was taken for annika.
            do { _ = try forget(.label("annika"), feedback: feedback) } catch RecognitionError.missing { await Task.yield() }
            rounds += 1
            guard rounds < 10_000 else { break }
        }
        try await sent
        let lines = try String(contentsOf: feedback.appendingPathComponent("feedback.jsonl"), encoding: .utf8).split(separator: "\n")
        let times = try lines.map { try JSONDecoder().decode(FeedbackLine.self, from: Data($0.utf8)).at }
        #expect(times == ["2026-05-01T12:00:00Z"] + (0..<200).map(String.init))
    }

    /// Nothing is erased where a line cannot be read.
    @Test func damagedFeedbackIsToldBeforeAnythingGoes() throws {
        try folder.write(Array("{}\n".utf8), to: "feedback/feedback.jsonl")
        let before = try folder.files()
        #expect(throws: RecognitionError.self) { try forget(.label("annika"), feedback: folder.url.appendingPathComponent("feedback")) }
        #expect(throws: RecognitionError.self) { try forget(.label("annika"), feedback: folder.url.appendingPathComponent("none")) }
        #expect(try folder.files().filter { !$0.hasSuffix(".lock") } == before)
    }

    @Test func modelsThatHoldTheTrainingAreNamed() throws {
        let models = folder.url.appendingPathComponent("models")
        try FileManager.default.createDirectory(at: models, withIntermediateDirectories: true)
        let settings = Trainer.Settings(grid: .candidates(DrawnCrops.grid), folds: 2, groupDuplicates: false, threads: 2)
        func train(_ name: String) throws {
            let set = try TrainingSet(folder: faces, recipe: .classic, threads: 2)
            try Trainer(settings: settings).train(set).model.write(to: models.appendingPathComponent(name))
        }
        try train("all.safetensors")
        let aside = folder.url.appendingPathComponent("aside")
        try FileManager.default.moveItem(at: faces.appendingPathComponent("annika"), to: aside)
        try train("without.safetensors")
        try FileManager.default.moveItem(at: aside, to: faces.appendingPathComponent("annika"))
        try folder.write([1, 2, 3], to: "models/broken.safetensors")
        let summary = try forget(.label("annika"), models: models)
        #expect(summary.models.map { URL(fileURLWithPath: $0.path).lastPathComponent } == ["all.safetensors"])
        #expect(summary.models.first?.crops == 2 && summary.models.first?.hasLabel == true)
        #expect(summary.unreadable.count == 1)
    }

    @Test func aFolderUnderReviewIsLeftAlone() throws {
        let review = try CropReview(faces: faces)
        let before = try folder.files()
        #expect(throws: RecognitionError.self) { try forget(.label("annika")) }
        #expect(try folder.files() == before)
        _ = review.decisions
    }
}
