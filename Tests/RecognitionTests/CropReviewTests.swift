import Foundation
import Imaging
import Portraits
import Recognition
import TestSupport
import Testing

/// Decisions on crops: done at once, taken back, finished after a kill, respected by cleaning.
@Suite struct CropReviewTests {
    private let folder: TemporaryFolder
    private var photos: URL { folder.url.appendingPathComponent("photos") }
    private var faces: URL { folder.url.appendingPathComponent("faces") }
    private static let all = ["ann/0.png-1.png", "ann/1.png-1.png", "bob/0.png-1.png", "bob/1.png-1.png"]

    init() throws {
        folder = try TemporaryFolder()
        let studio = PortraitStudio(seed: 1)
        for (index, label) in ["ann", "bob"].enumerated() {
            for number in 0..<2 {
                try folder.write(
                    try ImageFile.encodePNG(studio.portrait(of: index, number: number).image), to: "photos/\(label)/\(number).png")
            }
        }
        try clean()
        try #require(crops() == Self.all)
    }

    @discardableResult
    private func clean() throws -> Cleaner.Summary { try Cleaner(recipe: .classic, threads: 2).clean(photos, into: faces) }

    private func crops() throws -> [String] {
        try folder.files().map { String($0.dropFirst("faces/".count)) }.filter {
            $0.hasSuffix(".png") && ($0.hasPrefix("ann/") || $0.hasPrefix("bob/"))
        }
    }

    private func record(_ path: RelativePath) throws -> PhotoRecord { try #require(try Manifest(folder: faces).records[path]) }

    @Test func rejectingPutsACropAsideAndUndoingBringsItBack() throws {
        let review = try CropReview(faces: faces)
        let before = try FileBytes.read(faces.appendingPathComponent("ann/0.png-1.png"))
        try review.decide(.reject, on: "ann/0.png-1.png", from: try record("ann/0.png"))
        try review.decide(.keep, on: "bob/0.png-1.png")
        #expect(try crops() == ["ann/1.png-1.png", "bob/0.png-1.png", "bob/1.png-1.png"])
        #expect(review.decisions.map(\.action) == [.reject, .keep])
        #expect(try review.undo()?.action == .keep)
        #expect(try review.undo()?.action == .reject)
        #expect(try review.undo() == nil)
        #expect(try crops() == Self.all)
        #expect(try FileBytes.read(faces.appendingPathComponent("ann/0.png-1.png")) == before)
    }

    @Test func movingGivesACropToAnotherLabel() throws {
        let review = try CropReview(faces: faces)
        try review.decide(.move(label: "bob"), on: "ann/1.png-1.png", from: try record("ann/1.png"))  // its name is taken there
        #expect(try crops() == ["ann/0.png-1.png", "bob/0.png-1.png", "bob/1.png-1.png", "bob/ann-1-1.png-1.png"])
        try review.undo()
        #expect(try crops() == Self.all)
        for label in ["ann", "", ".", "..", ".hidden", ".\u{308}hidden", "a/b"] {
            #expect(throws: RecognitionError.self) { try review.decide(.move(label: label), on: "ann/1.png-1.png") }
        }
        for file in ["ann/none.png", "../photos/ann/0.png", "manifest.jsonl"] as [RelativePath] {
            #expect(throws: RecognitionError.self) { try review.decide(.reject, on: file) }
        }
        #expect(try crops() == Self.all)
    }

    @Test func cleaningBringsNoRejectedCropBack() throws {
        let review = try CropReview(faces: faces)
        try review.decide(.reject, on: "ann/0.png-1.png", from: try record("ann/0.png"))
        try AtomicFile.remove(Manifest.url(in: faces))  // all photos are searched anew
        #expect(try clean().reused == 0)
        #expect(try crops() == Array(Self.all.dropFirst()))
        // A new photo of the same name is another matter.
        try folder.write(try ImageFile.encodePNG(PortraitStudio(seed: 1).portrait(of: 2, number: 4).image), to: "photos/ann/0.png")
        try clean()
        #expect(try crops() == Self.all)
    }

    /// The other face of a photo: drawn by putting two portraits side by side.
    @Test func anotherFaceOfThePhotoTakesThePlaceAndStays() throws {
        let studio = PortraitStudio(seed: 1)
        let pair = sideBySide(studio.portrait(of: 0, number: 3).image, studio.portrait(of: 1, number: 3).image)
        try folder.write(try ImageFile.encodePNG(pair), to: "photos/ann/pair.png")
        try clean()
        let record = try record("ann/pair.png")
        try #require(record.faces.count == 2 && record.crops.map(\.file) == ["ann/pair.png-1.png"])
        let review = try CropReview(faces: faces)
        try review.decide(.face(1), on: "ann/pair.png-1.png", from: record)
        #expect(try crops().filter { $0.contains("pair") } == ["ann/pair.png-2.png"])
        let other = try ImageFile.decode(try FileBytes.read(faces.appendingPathComponent("ann/pair.png-2.png")))
        #expect(other == pair.cropped(to: record.faces[1].box))
        try clean()
        #expect(try crops().filter { $0.contains("pair") } == ["ann/pair.png-2.png"])
        #expect(try self.record("ann/pair.png").crops.map(\.file) == ["ann/pair.png-2.png"])
        try AtomicFile.remove(Manifest.url(in: faces))
        try clean()
        #expect(try crops().filter { $0.contains("pair") } == ["ann/pair.png-2.png"])
        try review.undo()
        #expect(try crops().filter { $0.contains("pair") } == ["ann/pair.png-1.png"])
        #expect(throws: RecognitionError.self) { try review.decide(.face(7), on: "ann/pair.png-1.png", from: record) }
    }

    private func sideBySide(_ a: Image, _ b: Image) -> Image {
        var pixels: [UInt8] = []
        for y in 0..<min(a.height, b.height) {
            pixels += a.pixels[3 * y * a.width..<3 * (y + 1) * a.width]
            pixels += b.pixels[3 * y * b.width..<3 * (y + 1) * b.width]
        }
        return Image(width: a.width + b.width, height: min(a.height, b.height), pixels: pixels)
    }

    /// A process killed between writing down and doing, or in the middle of a line.
    @Test func whatAKilledReviewBeganIsFinished() throws {
        let log = faces.appendingPathComponent(".review.jsonl")
        do {
            let review = try CropReview(faces: faces)
            try review.decide(.reject, on: "ann/0.png-1.png", from: try record("ann/0.png"))
        }
        // As if it had been killed before the rename.
        let lines = String(decoding: try FileBytes.read(log), as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 2)
        try AtomicFile.write(Array("\(lines[0])\n".utf8), to: log)
        try FileManager.default.moveItem(
            at: faces.appendingPathComponent(".rejected/1.png"), to: faces.appendingPathComponent("ann/0.png-1.png"))
        do {
            let review = try CropReview(faces: faces)
            #expect(try crops() == Array(Self.all.dropFirst()))
            #expect(review.decisions.count == 1)
        }
        // A torn line is one that nothing was done for.
        try AtomicFile.write(try FileBytes.read(log) + Array("{\"decision\":{\"id\":2,".utf8), to: log)
        do {
            let review = try CropReview(faces: faces)
            try review.decide(.keep, on: "bob/0.png-1.png")
        }
        #expect(try CropReview(faces: faces).decisions.map(\.id) == [1, 2])
    }

    @Test func whatAPersonDoesWithAFileManagerStays() throws {
        do {
            let review = try CropReview(faces: faces)
            try review.decide(.reject, on: "ann/0.png-1.png", from: try record("ann/0.png"))
        }
        try FileManager.default.moveItem(
            at: faces.appendingPathComponent(".rejected/1.png"), to: faces.appendingPathComponent("ann/0.png-1.png"))
        let review = try CropReview(faces: faces)
        #expect(try crops() == Self.all)
        #expect(try review.undo()?.id == 1)
        #expect(try crops() == Self.all)
        // Undoing never writes over what lies there now.
        try review.decide(.reject, on: "ann/0.png-1.png")
        try folder.write([1, 2, 3], to: "faces/ann/0.png-1.png")
        #expect(throws: RecognitionError.self) { try review.undo() }
        #expect(try FileBytes.read(faces.appendingPathComponent("ann/0.png-1.png")) == [1, 2, 3])
    }

    @Test func twoReviewsOfOneFolderAreRefusedAndADamagedLogIsNamed() throws {
        do {
            let review = try CropReview(faces: faces)
            let second = #expect(throws: RecognitionError.self) { try CropReview(faces: faces) }
            #expect("\(try #require(second))".contains("another process"))
            _ = review.decisions
        }
        try folder.write(Array("{}\nnonsense\n{}\n".utf8), to: "faces/.review.jsonl")
        let damaged = #expect(throws: RecognitionError.self) { try CropReview(faces: faces) }
        #expect("\(try #require(damaged))".contains("line 2"))
    }
}
