import Foundation
import Imaging
import Portraits
import Recognition
import TestSupport
import Testing

/// A review that opens before its crops are measured.
@Suite struct ReviewSessionTests {
    private let folder: TemporaryFolder
    private var faces: URL { folder.url.appendingPathComponent("faces") }
    private static let wrong: RelativePath = "bob/wrong.png"

    /// Eight crops of each of three labels; one of ann's stands among bob's, and a file is no picture.
    init() throws {
        folder = try TemporaryFolder()
        let studio = PortraitStudio(seed: 7)
        for (person, label) in ["ann", "bob", "cleo"].enumerated() {
            for number in 0..<8 {
                let face = studio.face(ofInvented: person, number: number)
                try folder.write(try ImageFile.encodePNG(face.image), to: "faces/\(label)/\(number).jpg-1.png")
            }
        }
        try folder.write(try ImageFile.encodePNG(studio.face(ofInvented: 0, number: 8).image), to: "faces/\(Self.wrong.text)")
        try folder.write(Array("no picture".utf8), to: "faces/cleo/notes.txt")
    }

    @Test func itOpensInTheOrderOfNamesAndRanksLater() async throws {
        let session = try ReviewSession(faces: faces, threads: 2)
        #expect(session.order == Array(0..<26) && session.labels == ["ann", "bob", "cleo"])
        #expect(session.items.allSatisfy { $0.suspicion == nil && $0.why.isEmpty })
        #expect(session.progress.done == 0 && session.progress.total == 26 && !session.progress.isRanked)
        #expect(try await session.accuracy().isNaN)
        #expect(try session.typical(for: 0) == [7, 6, 5, 4, 3, 2], "the label's other faces")
        let skipped = try await session.rank()
        #expect(skipped.map(\.path) == ["cleo/notes.txt"])
        #expect(session.progress.done == 26 && session.progress.isRanked && session.progress.error == nil)
        #expect(session.order.count == 25, "what is no picture is no longer shown")
        let first = try session.item(session.order[0])
        #expect(first.file == Self.wrong)
        #expect(first.other == "ann" && !first.why.isEmpty)
        let suspicions = try session.order.map { try #require(session.items[$0].suspicion) }
        #expect(suspicions == suspicions.sorted(by: >))
        #expect(try await (0.8...1).contains(session.accuracy()))
    }

    @Test func whatIsDecidedBeforeTheRankingStays() async throws {
        let session = try ReviewSession(faces: faces, threads: 2)
        let wrong = try #require(session.items.first { $0.file == Self.wrong }).id
        _ = try session.decide([0], .reject)
        _ = try session.decide([wrong], .move(label: "ann"))
        _ = try session.decide([1], .keep)
        try await session.rank()
        #expect(session.order.last == 0, "it was gone before it was measured, and can be seen to come back")
        #expect(Set(session.order).count == 25)
        let moved = try session.item(wrong)
        #expect(moved.file == "ann/wrong.png" && moved.state == .move && moved.suspicion != nil)
        #expect(session.items[1].state == .keep && session.items[1].suspicion != nil)
        #expect(try session.undo().items.map(\.id) == [1])
        #expect(try session.undo().items.map(\.file) == [Self.wrong])
        #expect(try session.undo().items.map(\.state) == [nil])
        #expect(try folder.files().filter { !$0.contains("/.") }.count == 26)
    }

    @Test func whatAFormerReviewDecidedIsTakenBackInThisOne() throws {
        do {
            let former = try ReviewSession(faces: faces, threads: 2)
            _ = try former.decide([0], .reject)
            _ = try former.decide([8], .move(label: "ann"))
            _ = try former.decide([9], .keep)
        }
        let session = try ReviewSession(faces: faces, threads: 2)
        let kept = try #require(session.items.first { $0.state == .keep })
        let undone = try session.undo()
        #expect(undone.items.map(\.id) == [kept.id] && undone.items.allSatisfy { $0.state == nil } && undone.other == nil)
        let back = try session.undo().items
        #expect(back.map(\.file) == ["bob/0.jpg-1.png"] && back.map(\.label) == ["bob"])
        #expect(try session.undo().other == "ann/0.jpg-1.png", "what was put aside is no item of this review")
        let rest = try session.undo()
        #expect(rest.items.isEmpty && rest.other == nil)
    }

    @Test func thumbnailsAreMadeOnce() throws {
        let session = try ReviewSession(faces: faces, threads: 2)
        let made = try session.thumbnail(0)
        let name = try #require(try folder.files().first { $0.contains("/.thumbnails/") })
        let other: [UInt8] = [1, 2, 0xFF, 0xD9]
        try folder.write(other, to: name)
        #expect(try session.thumbnail(0) == other, "what is there is not made again")
        for broken in [[], Array(made.prefix(100))] {
            try folder.write(broken, to: name)
            #expect(try session.thumbnail(0) == made, "unless it has no end")
        }
        #expect(throws: RecognitionError.self) { try session.thumbnail(99) }
    }

    @Test func aRankingThatFailsSaysWhy() async throws {
        let empty = folder.url.appendingPathComponent("empty")
        try FileManager.default.createDirectory(at: empty.appendingPathComponent("ann"), withIntermediateDirectories: true)
        #expect(throws: RecognitionError.self) { try ReviewSession(faces: empty) }
        try folder.write(Array("no picture".utf8), to: "empty/ann/notes.txt")
        let session = try ReviewSession(faces: empty)
        await #expect(throws: RecognitionError.self) { try await session.rank() }
        #expect(session.progress.error?.contains("no crop in it") == true && !session.progress.isRanked)
    }
}
