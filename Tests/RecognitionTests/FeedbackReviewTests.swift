import Foundation
import Imaging
import Recognition
import TestSupport
import Testing

/// Faces that were sent from the service's page, as a review asks about them.
@Suite struct FeedbackReviewTests {
    private let folder: TemporaryFolder
    private var faces: URL { folder.url.appendingPathComponent("faces") }
    private var feedback: URL { folder.url.appendingPathComponent("feedback") }
    private let names: [String]

    init() throws {
        folder = try TemporaryFolder()
        try DrawnCrops.write(into: folder, count: 3)
        var names: [String] = []
        for number in 50..<53 {
            let png = try ImageFile.encodePNG(DrawnCrops.crop(label: 0, number: number))
            names.append(FileBytes.sha256(png))
            try folder.write(png, to: "feedback/\(FileBytes.sha256(png)).png")
        }
        self.names = names
        try write([
            #"{"at":"2026-05-01T12:00:00Z","crop":"\#(names[0]).png","model":"5c","right":"ann","shown":"bob"}"#,
            #"{"at":"2026-05-01T12:00:01Z","crop":"\#(names[1]).png","model":"5c","right":"bob","shown":null}"#,
            #"{"at":"2026-05-01T12:00:02Z","crop":"\#(names[1]).png","model":"5c","right":"dora","shown":null}"#,
            #"{"at":"2026-05-01T12:00:03Z","crop":"\#(names[2]).png","model":"5c","right":null,"shown":"bob"}"#,
            #"{"at":"2026-05-01T12:00:04Z","crop":"../faces/ann/0.jpg-1.png","model":"5c","right":"ann","shown":"bob"}"#,
            #"{"at":"2026-05-01T12:00:05Z","crop":"\#(names[2]).png","model":"5c","right":"../up","shown":"bob"}"#,
        ])
    }

    private func write(_ lines: [String]) throws {
        try folder.write(Array(lines.map { $0 + "\n" }.joined().utf8), to: "feedback/feedback.jsonl")
    }

    private func session() async throws -> ReviewSession {
        let session = try ReviewSession(faces: faces, feedback: try FeedbackFace.all(in: feedback), threads: 2)
        try await session.rank()
        return session
    }

    private func sent() throws -> [String] { try folder.files().filter { $0.hasPrefix("faces/") && $0.contains("feedback-") } }

    @Test func facesThatWereSentStandFirstAndComeInOnlyWhenKept() async throws {
        let session = try await session()
        #expect(session.order.count == 11 && session.order.prefix(2) == [9, 10])
        let items = session.items
        #expect(items[9].label == "ann" && items[9].other == "bob" && items[9].suspicion == 1 && items[9].state == nil)
        #expect(items[10].label == "dora", "the last line about a face holds")
        #expect(try session.crop(9) == FileBytes.read(feedback.appendingPathComponent("\(names[0]).png")))
        #expect(try !session.thumbnail(10).isEmpty)
        #expect(try sent().isEmpty)
        #expect(try session.decide([9], .keep).map(\.state) == [.add])
        #expect(try session.decide([10], .move(label: "bob")).map(\.label) == ["bob"])
        #expect(try sent() == ["faces/ann/feedback-\(names[0].prefix(16)).png", "faces/bob/feedback-\(names[1].prefix(16)).png"])
        #expect(try session.typical(for: 0, count: 20).sorted() == [1, 2], "two others of ann's, none that was sent")
        #expect(try await session.accuracy().isFinite)
        let undone = try session.undo().items
        #expect(undone.map(\.id) == [10] && undone.map(\.label) == ["dora"] && undone.allSatisfy { $0.state == nil })
        #expect(try session.decide([10], .reject).map(\.state) == [.dismiss])
        #expect(try sent() == ["faces/ann/feedback-\(names[0].prefix(16)).png"])
        // One that was taken in is a crop as any other.
        #expect(try session.decide([9], .reject).map(\.state) == [.reject])
        #expect(try sent().isEmpty)
        _ = try session.undo()
        #expect(try sent().count == 1)
        #expect(throws: RecognitionError.self) { try session.decide([9], .face(0)) }
    }

    @Test func whatWasDecidedIsNotAskedAgain() async throws {
        do {
            let session = try await session()
            _ = try session.decide([9], .keep)
            _ = try session.decide([10], .reject)
        }
        let next = try await session()
        #expect(next.order.count == 10, "nine crops and the face that was taken in")
        #expect(try next.undo().other != nil && next.undo().other != nil)
        #expect(try sent().isEmpty)
    }

    @Test func aFaceWhoseTakingInWasKilledIsAskedAboutAgain() async throws {
        do { _ = try await session().decide([9], .keep) }
        let log = faces.appendingPathComponent(".review.jsonl")
        let first = String(decoding: try FileBytes.read(log), as: UTF8.self).split(separator: "\n")[0]
        try AtomicFile.write(Array("\(first)\n".utf8), to: log)
        try FileManager.default.removeItem(at: faces.appendingPathComponent("ann/feedback-\(names[0].prefix(16)).png"))
        #expect(try await session().order.prefix(2) == [9, 10])
    }

    @Test func aFolderWithoutFeedbackIsNamed() throws {
        #expect(throws: RecognitionError.self) { try FeedbackFace.all(in: faces) }
        try write(["{}"])
        let damaged = #expect(throws: RecognitionError.self) { try FeedbackFace.all(in: feedback) }
        #expect("\(try #require(damaged))".contains("line 1"))
    }
}
