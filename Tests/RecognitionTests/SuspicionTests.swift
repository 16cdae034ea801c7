import Foundation
import Imaging
import Recognition
import TestSupport
import Testing

@Suite struct SuspicionTests {
    /// Drawn people by their colour and pattern, two of them in a wrong folder.
    private func planted() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for (label, name) in ["ann", "bob", "cleo"].enumerated() {
            for number in 0..<10 {
                try folder.write(try ImageFile.encodePNG(stripes(label, number)), to: "faces/\(name)/\(number).png")
            }
        }
        try folder.write(try ImageFile.encodePNG(stripes(0, 20)), to: "faces/bob/wrong.png")
        try folder.write(try ImageFile.encodePNG(stripes(1, 3)), to: "faces/cleo/twice.png")
        return folder
    }

    /// Stripes in a direction of the label's, with noise.
    private func stripes(_ label: Int, _ number: Int) -> Image {
        var random = SeededBytes(seed: UInt64(label * 100 + number))
        var pixels: [UInt8] = []
        for y in 0..<64 {
            for x in 0..<64 {
                let along = [x, y, x + y][label] / 6
                let value = UInt8((along % 2 == 0 ? 60 : 160) + Int(random.next() % 60))
                pixels += [value, value, value]
            }
        }
        return Image(width: 64, height: 64, pixels: pixels)
    }

    @Test func wrongCropsComeFirstWithTheirReasons() throws {
        let folder = try planted()
        let faces = folder.url.appendingPathComponent("faces")
        let measured = try MeasuredCrops(folder: faces, threads: 2)
        let ranking = try SuspicionRanking(of: measured, threads: 2)
        #expect(ranking.crops.count == 32)
        let first = Set(ranking.crops.prefix(2).map(\.file))
        #expect(first == ["bob/wrong.png", "cleo/twice.png"])
        let twice = try #require(ranking.crops.first { $0.file == "cleo/twice.png" })
        #expect(twice.why.first == "the same face stands under bob too")
        let wrong = try #require(ranking.crops.first { $0.file == "bob/wrong.png" })
        #expect(wrong.other == "ann" && wrong.why.contains { $0.hasPrefix("looks more like ann") })
        #expect(ranking.crops.allSatisfy { (0...1).contains($0.suspicion) })
        let one = try SuspicionRanking(of: try MeasuredCrops(folder: faces, threads: 1), threads: 1)
        #expect(one.crops.map(\.file) == ranking.crops.map(\.file))
        #expect(one.crops.map(\.suspicion) == ranking.crops.map(\.suspicion))
    }

    @Test func automaticRejectionsAreTakenBackTogether() throws {
        let folder = try planted()
        let faces = folder.url.appendingPathComponent("faces")
        let before = try folder.files()
        let measured = try MeasuredCrops(folder: faces, threads: 2)
        let ranking = try SuspicionRanking(of: measured, threads: 2)
        let review = try CropReview(faces: faces)
        try review.decide(.keep, on: "bob/wrong.png")
        let rejected = try review.rejectAutomatically(ranking, of: measured, confidence: 0.5)
        #expect(rejected.contains { $0.file == "cleo/twice.png" } && !rejected.contains { $0.file == "bob/wrong.png" })
        #expect(!FileManager.default.fileExists(atPath: faces.appendingPathComponent("cleo/twice.png").path))
        #expect(try review.undoAutomatic().count == rejected.count)
        #expect(try folder.files().filter { !$0.contains("/.review") } == before)
        #expect(review.decisions.map(\.action) == [.keep])
        #expect(throws: RecognitionError.self) { try review.rejectAutomatically(ranking, of: measured, confidence: 0.2) }
    }

    @Test func oneLabelOrOneCropHasNothingToCompare() throws {
        let folder = try TemporaryFolder()
        try folder.write(try ImageFile.encodePNG(stripes(0, 0)), to: "faces/ann/0.png")
        let faces = folder.url.appendingPathComponent("faces")
        let alone = try SuspicionRanking(of: try MeasuredCrops(folder: faces, threads: 1), threads: 1)
        #expect(alone.crops.map(\.suspicion) == [0.5] && alone.accuracy.isNaN)
        try folder.write(Array("no picture".utf8), to: "faces/ann/notes.txt")
        try folder.write(try ImageFile.encodePNG(stripes(0, 1)), to: "faces/ann/1.png")
        let measured = try MeasuredCrops(folder: faces, threads: 2)
        #expect(measured.skipped.map(\.path) == ["ann/notes.txt"])
        #expect(try SuspicionRanking(of: measured, threads: 2).crops.count == 2)
    }
}
