import Foundation
import Imaging
import Portraits
import Recognition
import Support
import Synchronization
import SystemPackage
import TestSupport
import Testing

/// Stands in for a trained recognizer: each of the three channels of the photo's first pixel may name a face, 0 for none, else the label's number,
/// or unknown from 100 on.
private struct PixelNaming: FaceNaming {
    var labels = ["ann", "bob"]
    var id = "m1"
    /// How many photos were answered.
    let count = Counter()

    final class Counter: Sendable {
        private let value = Mutex(0)
        var answered: Int { value.withLock { $0 } }
        func add() { value.withLock { $0 += 1 } }
    }

    var summary: ModelSummary {
        let best = ModelSummary.Candidate(estimator: "svm", parameters: [:], foldAccuracies: [1], mean: 1, standardDeviation: 0)
        return ModelSummary(
            identity: ModelIdentity(id: id), labels: labels, counts: labels.map { _ in 1 }, recipe: "classic", best: best,
            candidates: [best],
            groupedMean: nil, trainedAt: "2026-01-02T03:04:05Z", dataHash: "feed")
    }

    func checkSelfTest() throws {}

    func answer(for bytes: [UInt8], limits: PhotoLimits) throws -> PhotoAnswer {
        let image = try ImageFile.decode(bytes, limits: limits.image)
        count.add()
        let faces = image.pixels.prefix(3).filter { $0 > 0 }.map { value -> RecognizedFace in
            let isKnown = value < 100
            let label = labels[isKnown ? Int(value) - 1 : 0]
            return RecognizedFace(
                box: Rect(x: 0, y: 0, width: 4, height: 4), eyes: [], label: isKnown ? label : nil, known: isKnown, score: 0.75,
                scores: [LabelScore(label: label, score: 0.75)])
        }
        return PhotoAnswer(
            image: image.size, faces: faces, reason: faces.isEmpty ? .noFace : nil, model: summary.identity,
            milliseconds: StageTimes(decode: 1, detect: 1, classify: 1))
    }
}

@Suite struct ArchiveSorterTests {
    private let folder: TemporaryFolder
    private var archive: FilePath { FilePath(folder.url.path).appending("archive") }
    private var output: FilePath { FilePath(folder.url.path).appending("sorted") }

    init() throws {
        folder = try TemporaryFolder()
        try write([1, 0, 0], to: "2001/a.png")
        try write([2, 0, 0], to: "2002/b.png")
        try write([1, 2, 0], to: "2002/deep/both.png")
        try write([200, 0, 0], to: "stranger.png")
        try write([0, 0, 0], to: "sea.png")
        try folder.write(Array("words".utf8), to: "archive/notes.txt")
        try folder.write([0], to: "archive/.hidden.png")
    }

    /// A photo with the faces that `pixel` says.
    private func write(_ pixel: [UInt8], to path: String) throws {
        let pixels = pixel + [UInt8](repeating: 9, count: 3 * 63)
        try folder.write(try ImageFile.encodePNG(Image(width: 8, height: 8, pixels: pixels)), to: "archive/\(path)")
    }

    @discardableResult
    private func sort(
        _ naming: PixelNaming = PixelNaming(), into name: String = "sorted", mode: ArchiveSorter.Mode = .link, threads: Int = 2,
        progress: @Sendable (ArchiveSorter.Progress) throws -> Void = { _ in }
    ) throws -> SortingSummary {
        let output = FilePath(folder.url.path).appending(name)
        return try ArchiveSorter(recognizer: naming, mode: mode, threads: threads).sort(archive, into: output, progress: progress)
    }

    /// Every entry with what it leads to or holds, by path.
    private func entries(_ name: String = "sorted") throws -> [String: Data] {
        var found: [String: Data] = [:]
        for path in try folder.files() where path.hasPrefix("\(name)/") {
            found[String(path.dropFirst(name.count + 1))] = try Data(contentsOf: folder.url.appendingPathComponent(path))
        }
        return found
    }

    private func names(_ name: String = "sorted") throws -> [String] { try entries(name).keys.filter { $0.contains("/") }.sorted() }

    private func remove(_ path: String) throws { try FileManager.default.removeItem(at: folder.url.appendingPathComponent(path)) }

    private static let all = ["ann/a.png", "ann/both.png", "bob/b.png", "bob/both.png", "no-face/sea.png", "unknown/stranger.png"]

    @Test func everyPersonHasAFolder() throws {
        let summary = try sort()
        #expect(try names() == Self.all)
        #expect(summary.photos == 5 && summary.notPhotos == 1 && summary.unknown == 1 && summary.noFace == 1 && summary.reused == 0)
        #expect(summary.people.map(\.photos) == [2, 2])
        let link = folder.url.appendingPathComponent("sorted/bob/both.png").path
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "../../archive/2002/deep/both.png")
        let files = try entries()
        #expect(files["ann/a.png"] == (try Data(contentsOf: folder.url.appendingPathComponent("archive/2001/a.png"))))
        let table = String(decoding: try #require(files["answers.csv"]), as: UTF8.self).split(separator: "\r\n")
        #expect(table.count == 7)
        #expect(table.contains("2002/b.png,8,8,1,0,0,4,4,bob,true,0.75,,"))
        #expect(table.contains("sea.png,8,8,,,,,,,,,,no_face"))
        #expect(table.contains("stranger.png,8,8,1,0,0,4,4,,false,0.75,,"))
    }

    @Test func nothingDependsOnThreads() throws {
        try sort(into: "one", threads: 1)
        try sort(into: "four", threads: 4)
        #expect(try entries("one") == entries("four"))
    }

    @Test func aRerunAnswersNothingAgain() throws {
        try sort()
        let before = try entries()
        let naming = PixelNaming()
        #expect(try sort(naming).reused == 5)
        #expect(naming.count.answered == 0)
        #expect(try entries() == before)
    }

    @Test(arguments: ArchiveSorter.Mode.allCases)
    func whateverARunWasStoppedAtTheNextOneEndsTheSame(mode: ArchiveSorter.Mode) throws {
        try write([2, 0, 0], to: "2003/a.png")
        try sort(into: "whole", mode: mode)
        for stop in 1...6 {
            let name = "stopped-\(stop)"
            #expect(throws: RecognitionError.cancelled) {
                try sort(into: name, mode: mode, threads: 1) { if $0.done == stop { throw RecognitionError.cancelled } }
            }
            // As if killed in the middle of a line.
            let journal = folder.url.appendingPathComponent("\(name)/.answers.journal")
            try (try Data(contentsOf: journal)).dropLast(5).write(to: journal)
            try sort(into: name, mode: mode)
            #expect(try entries(name) == entries("whole"), "stopped after \(stop)")
        }
    }

    @Test func namesThatOccurTwiceGetDigits() throws {
        try write([1, 0, 0], to: "2003/a.png")
        try sort()
        let digits = ["2001/a.png", "2003/a.png"].map { FileBytes.sha256(Array($0.utf8)).prefix(8) }
        let twice = digits.map { "ann/a-\($0).png" }.sorted()
        #expect(try names() == (twice + Self.all.dropFirst()).sorted())
        // When one goes, the other has the name to itself.
        try remove("archive/2003")
        let naming = PixelNaming()
        try sort(naming)
        #expect(try names() == Self.all)
        #expect(naming.count.answered == 0)
    }

    @Test func entriesFollowTheirPhotos() throws {
        try sort()
        try write([2, 0, 0], to: "2001/a.png")
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1e9)], ofItemAtPath: archive.appending("2001").appending("a.png").string)
        try remove("archive/sea.png")
        try folder.write(Array("no photo any more".utf8), to: "archive/stranger.png")
        let naming = PixelNaming()
        let summary = try sort(naming)
        #expect(naming.count.answered == 1)
        #expect(summary.removed == 3)
        #expect(try names() == ["ann/both.png", "bob/a.png", "bob/b.png", "bob/both.png"])
        #expect(!FileManager.default.fileExists(atPath: output.appending("no-face").string), "an empty folder is gone")
    }

    @Test func whatAPersonDidStays() throws {
        try folder.write([1, 2, 3], to: "sorted/ann/a.png")
        #expect(try sort().occupied == ["ann/a.png"])
        try remove("sorted/bob/b.png")
        try folder.write([4], to: "sorted/bob/mine.txt")
        #expect(try sort().occupied == ["ann/a.png"])
        let files = try entries()
        #expect(files["ann/a.png"] == Data([1, 2, 3]) && files["bob/b.png"] == nil && files["bob/mine.txt"] == Data([4]))
        try remove("sorted/ann/a.png")
        #expect(try sort().occupied.isEmpty)
        #expect(try names().contains("ann/a.png"))
    }

    @Test func copiesAreFilesAsOldAsTheirPhotos() throws {
        let photo = archive.appending("2001").appending("a.png")
        try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: 1e9)], ofItemAtPath: photo.string)
        try sort(mode: .copy)
        #expect(try names() == Self.all)
        let status = try output.appending("ann").appending("a.png").stat(followTargetSymlink: false)
        #expect(status.type == .regular && status.st_mtim.tv_sec == 1_000_000_000)
        // Links instead of copies are another wish.
        try sort()
        #expect(try output.appending("ann").appending("a.png").stat(followTargetSymlink: false).type == .symbolicLink)
    }

    @Test func anotherModelSortsAnew() throws {
        try sort()
        let naming = PixelNaming(labels: ["unknown", "no-face"], id: "m2")
        try sort(naming)
        #expect(naming.count.answered == 5)
        #expect(
            try names() == [
                "no-face/b.png", "no-face/both.png", "no-face_/sea.png", "unknown/a.png", "unknown/both.png", "unknown_/stranger.png",
            ])
    }

    @Test func noLabelLeadsOutOfTheFolder() throws {
        try sort(PixelNaming(labels: ["../../x", "answers.csv"]))
        let folders = Set(try names().map { $0.prefix { $0 != "/" } })
        #expect(folders.count == 4 && folders.allSatisfy { !$0.hasPrefix(".") && $0 != "answers.csv" })
        #expect(try folder.files().allSatisfy { $0.hasPrefix("archive/") || $0.hasPrefix("sorted/") })
    }

    @Test func damagedPhotosAreNotedAndTriedAgain() throws {
        let whole = try Data(contentsOf: folder.url.appendingPathComponent("archive/2001/a.png"))
        try whole.prefix(30).write(to: folder.url.appendingPathComponent("archive/2001/a.png"))
        let summary = try sort()
        #expect(summary.unreadable == 1 && summary.photos == 5)
        #expect(try names() == Array(Self.all.dropFirst()))
        let lines = String(decoding: try #require(try entries()["answers.jsonl"]), as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 5 && lines[0].contains("\"error\":"))
        try whole.write(to: folder.url.appendingPathComponent("archive/2001/a.png"))
        #expect(try sort().unreadable == 0)
        #expect(try names() == Self.all)
    }

    @Test func namesAreBytesAndLoopsEnd() throws {
        let photo = [UInt8](try Data(contentsOf: folder.url.appendingPathComponent("archive/2001/a.png")))
        try BytePath.write(photo, to: [0x49, 0xE9, 0x2F, 0x49, 0xE9], in: folder.url.appendingPathComponent("archive"))
        for (path, target) in [
            ("2001/up", ".."), ("2001/other", "../2002"), ("2002/other", "../2001"), ("loop.png", "loop.png"), ("out", "../sorted"),
        ] {
            try FileManager.default.createSymbolicLink(
                atPath: folder.url.appendingPathComponent("archive/\(path)").path, withDestinationPath: target)
        }
        let first = try sort()
        #expect(first.unreadable == 1, "a link to itself")
        let before = try entries()
        #expect(try sort().photos == first.photos)
        #expect(try entries() == before)
        #expect(String(decoding: try #require(before["answers.jsonl"]), as: UTF8.self).contains(#"{"bytes":"49e92f49e9""#))
        let name = BytePath.file([0x49, 0xE9], in: folder.url.appendingPathComponent("sorted/ann"))
        #expect(try name.stat().size == Int64(photo.count))
    }

    @Test func foldersInOneAnotherAreRefused() throws {
        for (from, into) in [("archive", "archive/sorted"), ("archive", "archive"), ("archive/2001", "archive")] {
            let root = FilePath(folder.url.path)
            #expect(throws: RecognitionError.self) {
                try ArchiveSorter(recognizer: PixelNaming()).sort(
                    root.appending(from), into: root.appending(into), cancellation: Cancellation(), progress: { _ in })
            }
        }
        #expect(try folder.files().allSatisfy { $0.hasPrefix("archive/") && !$0.hasSuffix("journal") })
    }

    @Test(arguments: ["{}", "no JSON", #"{"path":"a","entries":["../../x"]}"#])
    func damagedAnswersAreNamedByTheirLine(line: String) throws {
        try sort()
        let url = folder.url.appendingPathComponent("sorted/answers.jsonl")
        try (try Data(contentsOf: url) + Data((line + "\n").utf8)).write(to: url)
        let error = #expect(throws: RecognitionError.self) { try sort() }
        #expect("\(try #require(error))".contains("answers.jsonl, line 6: "))
    }

    @Test func entriesOutsideTheFolderAreRefused() throws {
        try sort()
        let url = folder.url.appendingPathComponent("sorted/answers.jsonl")
        let text = try String(contentsOf: url, encoding: .utf8).replacingOccurrences(of: "ann/a.png", with: "../archive/sea.png")
        try Data(text.utf8).write(to: url)
        #expect(throws: RecognitionError.self) { try sort() }
    }

    @Test func anArchiveThatIsEmptyAtOnceIsNoWish() throws {
        try sort()
        try remove("archive")
        try FileManager.default.createDirectory(atPath: archive.string, withIntermediateDirectories: true)
        let error = #expect(throws: RecognitionError.self) { try sort() }
        #expect("\(try #require(error))".contains("though 5 were sorted from it"))
    }

    @Test func fieldsAreQuotedWhereTheyMustBe() {
        var table = AnswerTable()
        table.add("a,\"b\"\n.png", error: "it broke")
        let text = String(decoding: table.bytes, as: UTF8.self)
        #expect(text.hasSuffix("\r\n\"a,\"\"b\"\"\n.png\",,,,,,,,,,,,it broke\r\n"))
    }

    @Test func aTrainedModelSorts() async throws {
        let model = try #require(Bundle.module.url(forResource: "Fixtures/0.1.0/classic.safetensors", withExtension: nil))
        let portraits = try TemporaryFolder()
        let portrait = PortraitStudio(seed: 1).portrait(of: 0, number: 0)
        try portraits.write(try ImageFile.encodePNG(portrait.image), to: "archive/1.png")
        let sorter = ArchiveSorter(recognizer: try Recognizer(contentsOf: model, threads: 1), threads: 1)
        let summary = try await sorter.sort(
            portraits.url.appendingPathComponent("archive"), into: portraits.url.appendingPathComponent("sorted"))
        #expect(summary.photos == 1 && summary.noFace == 0)
        #expect(try portraits.files().contains { $0.hasSuffix("/1.png") && $0.hasPrefix("sorted/") })
    }
}
