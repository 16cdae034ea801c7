import Foundation
import Imaging
import Recognition
import Support
import SystemPackage
import TestSupport
import Testing

@Suite struct CollectorTests {
    private let folder: TemporaryFolder
    private var photos: URL { folder.url.appendingPathComponent("photos") }
    private var source: URL { folder.url.appendingPathComponent("source") }

    init() throws {
        folder = try TemporaryFolder()
        try folder.write(try Self.photo(1), to: "source/ann/1.png")
        try folder.write(try Self.photo(2), to: "source/ann/2.jpeg")  // a PNG all the same
        try folder.write(try Self.photo(1), to: "source/ann/copy of 1.png")
        try folder.write(try Self.photo(2), to: "source/bob/2.png")
        try folder.write(Array("<html>".utf8), to: "source/bob/page.jpg")
        try folder.write(Array(try Self.photo(3).prefix(60)), to: "source/bob/cut.png")
        try folder.write(try Self.photo(4), to: "source/bob/4.png.crdownload")
    }

    /// Patches of grey, others for each number.
    private static func photo(_ number: Int) throws -> [UInt8] {
        var random = SeededBytes(seed: UInt64(number))
        let patches = (0..<1024).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        let pixels = (0..<64 * 64).flatMap { pixel in
            let patch = patches[pixel / 64 / 2 * 32 + pixel % 64 / 2]
            return [patch, patch, patch]
        }
        return try ImageFile.encodePNG(Image(width: 64, height: 64, pixels: pixels))
    }

    private func stored() throws -> [String] {
        try folder.files().filter { $0.hasPrefix("photos/") && !$0.contains("/.") }.map { String($0.dropFirst("photos/".count)) }
    }

    private func items() throws -> [CollectedItem] {
        let text = String(decoding: try FileBytes.read(photos.appendingPathComponent(".collected.jsonl")), as: UTF8.self)
        return try text.split(separator: "\n").map { try JSONDecoder().decode(CollectedItem.self, from: Data($0.utf8)) }
    }

    private func inode(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: photos.appendingPathComponent(path).path)
        return try #require(attributes[.systemFileNumber] as? Int)
    }

    @Test func aTreeBecomesPhotosWithATrail() throws {
        let summary = try Collector(into: photos).collect(source)
        #expect(summary.stored == 3 && summary.linked == 1 && summary.refused == 2)
        #expect(try stored() == ["ann/1.png", "ann/2.png", "ann/copy of 1.png", "bob/2.png"])
        #expect(try inode("ann/1.png") == inode("ann/copy of 1.png"), "the same bytes under one label are there once")
        let items = try items()
        #expect(items.map(\.status) == [.stored, .stored, .linked, .stored, .refused, .refused])
        #expect(items[2].duplicateOf == "ann/1.png" && items[3].duplicateOf == "ann/2.png")
        #expect(items.filter { $0.status == .refused }.allSatisfy { $0.error != nil && $0.file == nil })
        #expect(items[0].sha256 == FileBytes.sha256(try Self.photo(1)))
    }

    @Test func aRerunTakesOnlyWhatIsNew() throws {
        let collector = Collector(into: photos)
        _ = try collector.collect(source)
        let before = try folder.files()
        #expect(try collector.collect(source).known == 6)
        #expect(try folder.files() == before)
        try FileManager.default.removeItem(at: photos.appendingPathComponent("ann/2.png"))
        try folder.write(try Self.photo(5), to: "source/ann/1.png")
        let summary = try collector.collect(source)
        #expect(summary.stored == 1 && summary.known == 5)
        #expect(try stored() == ["ann/1-2.png", "ann/1.png", "ann/copy of 1.png", "bob/2.png"], "what a person deleted stays deleted")
    }

    @Test func aKilledRunGoesOnWhereItWas() throws {
        let collector = Collector(into: photos)
        let cancellation = Cancellation()
        #expect(throws: RecognitionError.cancelled) {
            try collector.collect(
                source, cancellation: cancellation, progress: { done, _, _ in if done == 2 { cancellation.request() } })
        }
        // Killed after the file and before its line, and in the middle of a line.
        let log = photos.appendingPathComponent(".collected.jsonl")
        let lines = String(decoding: try FileBytes.read(log), as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 2)
        try AtomicFile.write(Array("\(lines[0])\n\(lines[1].prefix(20))".utf8), to: log)
        #expect(try collector.collect(source).known == 1)
        #expect(try stored() == ["ann/1.png", "ann/2.png", "ann/copy of 1.png", "bob/2.png"])
        #expect(try items().count == 6)
    }

    @Test func nearlyTheSamePictureIsNoted() throws {
        let image = try ImageFile.decode(try Self.photo(1))
        try folder.write(try ImageFile.encodeJPEG(image, quality: 80), to: "source/cleo/again.jpg")
        let summary = try Collector(into: photos).collect(source)
        #expect(summary.near == 1)
        #expect(try items().first { $0.file == "cleo/again.jpg" }?.nearDuplicateOf == "ann/1.png")
    }

    @Test func whoWasForgottenIsNotTakenInAgain() throws {
        _ = try Collector(into: photos).collect(source)
        _ = try Forgetting(photos: photos, faces: folder.url.appendingPathComponent("faces")).forget(.label("ann"))
        #expect(try Collector(into: photos).collect(source).forgotten == 3)
        #expect(try stored() == ["bob/2.png"])
        let again = try Collector(into: photos, readmits: true).collect(source)
        #expect(again.stored + again.linked == 3)
        #expect(try Collector(into: photos).collect(source).forgotten == 0)
    }

    @Test func oneFolderIsOneLabelAndLinksAreNoPhotos() throws {
        try FileManager.default.createSymbolicLink(
            atPath: source.appendingPathComponent("ann/link.png").path, withDestinationPath: "/etc/passwd")
        let summary = try Collector(into: photos, links: true).collect(source.appendingPathComponent("ann"), label: "cleo")
        #expect(summary.stored == 2 && summary.linked == 1 && summary.refused == 0)
        #expect(try stored() == ["cleo/1.png", "cleo/2.png", "cleo/copy of 1.png"])
        for inside in [photos, photos.appendingPathComponent("cleo"), folder.url] {
            #expect(throws: RecognitionError.self) { try Collector(into: photos).collect(inside) }
        }
        #expect(throws: RecognitionError.self) { try Collector(into: photos).collect(folder.url.appendingPathComponent("none")) }
    }

    @Test func aFileThatIsNotReadyWaits() throws {
        let collector = Collector(into: photos)
        let first = try collector.collect(source, isReady: { $0.lastComponent?.string != "1.png" })
        #expect(try !stored().contains("ann/1.png") && first.refused == 2)
        let next = try collector.collect(source)
        #expect(next.stored + next.linked == 1)
    }

    @Test(arguments: [
        ("a<b>:\"c|d?*.jpg", "a_b___c_d__.png"), ("CON.jpg", "photo-CON.png"), ("...", "photo-.png"), ("dots. .", "dots.png"),
        ("line\nfeed.png", "line_feed.png"), (".hidden.png", "hidden.png"), ("e\u{301}t\u{E9}.png", "\u{E9}t\u{E9}.png"),
        ("v1.2 final", "v1.2 final.png"), (".\u{308}hidden.png", "\u{308}hidden.png"),
    ])
    func namesAreSuchThatEveryFileSystemTakesThem(given: String, expected: String) {
        #expect(Array(SafeName.name(for: Array(given.utf8), ending: "png").utf8) == Array(expected.utf8))
    }

    @Test func longNamesAreCutAndTakenOnesNumbered() {
        let long = SafeName.name(for: Array(String(repeating: "é", count: 300).utf8), ending: "jpg")
        #expect(long.utf8.count == SafeName.longest + 4)
        #expect(SafeName.free("A.jpg", among: ["a.jpg", "a-2.jpg"]) == "A-3.jpg")
    }
}
