import Foundation
import Imaging
import Learn
import Recognition
import TestSupport
import Testing

/// Photos of two faces side by side: the left one was picked, the right one is a bystander.
struct BystandersTests {
    private static let left = Rect(x: 0, y: 0, width: 44, height: 44)
    private static let right = Rect(x: 50, y: 0, width: 44, height: 44)

    private static func photo(label: Int, number: Int) -> Image {
        let faces = [DrawnCrops.crop(label: label, number: number), DrawnCrops.crop(label: label, number: 100 + number)]
        var pixels = [UInt8](repeating: 0, count: 100 * 50 * 3)
        for (face, x0) in zip(faces, [left.x, right.x]) {
            for y in 0..<face.height {
                for x in 0..<face.width {
                    let pixel = face[x, y]
                    let start = (y * 100 + x0 + x) * 3
                    pixels.replaceSubrange(start..<start + 3, with: [pixel.red, pixel.green, pixel.blue])
                }
            }
        }
        return Image(width: 100, height: 50, pixels: pixels)
    }

    /// Writes photos, the crops of their left faces, and a manifest that knows both faces.
    private func clean(_ count: Int, in folder: TemporaryFolder, probability: Double = 0.9) throws {
        var lines: [String] = []
        for (index, label) in DrawnCrops.labels.enumerated() {
            for number in 0..<count {
                let photo = Self.photo(label: index, number: number)
                let bytes = try ImageFile.encodePNG(photo)
                try folder.write(bytes, to: "photos/\(label)/\(number).png")
                let crop = photo.cropped(to: Self.left)
                try folder.write(try ImageFile.encodePNG(crop), to: "faces/\(label)/\(number).png-1.png")
                lines.append(
                    try line(
                        label: label, number: number, bytes: bytes, photo: DifferenceHash(of: photo), crop: DifferenceHash(of: crop),
                        probability: probability))
            }
        }
        try folder.write(Array(lines.joined().utf8), to: "faces/manifest.jsonl")
    }

    private func line(
        label: String, number: Int, bytes: [UInt8], photo: DifferenceHash, crop: DifferenceHash, probability: Double
    ) throws -> String {
        func rect(_ rect: Rect) -> [String: Int] { ["x": rect.x, "y": rect.y, "width": rect.width, "height": rect.height] }
        func face(_ box: Rect, _ probability: Double) -> [String: Any] {
            let quality: [String: Double] = [
                "faceProbability": probability, "eyesConfidence": 0, "size": 44, "blur": 0, "light": 0.5, "turn": 0,
            ]
            return ["box": rect(box), "eyes": [Any](), "quality": quality]
        }
        let crops: [[String: Any]] = [
            ["file": "\(label)/\(number).png-1.png", "box": rect(Self.left), "eyes": [Any](), "hash": "\(crop)", "confidence": 0.9]
        ]
        let object: [String: Any] = [
            "path": "\(label)/\(number).png", "source": "../photos/\(label)/\(number).png", "sha256": FileBytes.sha256(bytes),
            "bytes": bytes.count, "format": "png", "width": 100, "height": 50, "orientation": 1, "hash": "\(photo)", "finder": "drawn",
            "faces": [face(Self.left, 0.95), face(Self.right, probability)], "kept": true, "reason": NSNull(), "crops": crops,
        ]
        let data = try JSONSerialization.data(withJSONObject: object)
        return String(decoding: data, as: UTF8.self) + "\n"
    }

    private func set(_ folder: TemporaryFolder, recipe: Recipe = .best) throws -> TrainingSet {
        try TrainingSet(folder: folder.url.appendingPathComponent("faces"), recipe: recipe, threads: 2)
    }

    @Test func theOtherFacesOfThePhotosAreMeasured() throws {
        let folder = try TemporaryFolder()
        try clean(2, in: folder)
        let set = try set(folder)
        let found = try Bystanders(beside: set, threads: 2)
        #expect(found.sources == Array(set.rows.indices))
        #expect(found.mirrored.count == found.features.count)
        let extractor = try FeatureExtractor(settings: Recipe.best.features)
        let first = Self.photo(label: 0, number: 0).cropped(to: Self.right)
        #expect(try found.features[0] == extractor.vector(of: first, eyes: []))
        #expect(try found.mirrored[0] == extractor.mirroredVector(of: first, eyes: []))
        #expect(try Bystanders(beside: set, threads: 1).features == found.features)
    }

    @Test func theClassicRecipeKnowsNone() throws {
        let folder = try TemporaryFolder()
        try clean(1, in: folder)
        #expect(try Bystanders(beside: set(folder, recipe: .classic), threads: 1).sources.isEmpty)
    }

    @Test func whatIsHardlyAFaceIsNoBystander() throws {
        let folder = try TemporaryFolder()
        try clean(1, in: folder, probability: 0.2)
        #expect(try Bystanders(beside: set(folder), threads: 1).sources.isEmpty)
    }

    @Test func ofACropThatWasMovedNothingIsKnown() throws {
        let folder = try TemporaryFolder()
        try clean(2, in: folder)
        let faces = folder.url.appendingPathComponent("faces")
        try FileManager.default.moveItem(
            at: faces.appendingPathComponent("ann/0.png-1.png"), to: faces.appendingPathComponent("bob/moved.png"))
        try FileManager.default.removeItem(at: faces.appendingPathComponent("ann/1.png-1.png"))
        let set = try set(folder)
        let sources = try Bystanders(beside: set, threads: 1).sources
        #expect(sources.map { set.rows[$0].path.text } == ["bob/0.png-1.png", "bob/1.png-1.png", "cleo/0.png-1.png", "cleo/1.png-1.png"])
    }

    @Test func aPhotoThatIsGoneOrHasChangedGivesNone() throws {
        let folder = try TemporaryFolder()
        try clean(1, in: folder)
        try FileManager.default.removeItem(at: folder.url.appendingPathComponent("photos/ann/0.png"))
        try folder.write(try ImageFile.encodePNG(Self.photo(label: 1, number: 7)), to: "photos/bob/0.png")
        let set = try set(folder)
        #expect(try Bystanders(beside: set, threads: 1).sources.map { set.rows[$0].label } == ["cleo"])
    }

    @Test func aBystanderIsOnTheSideOfItsPhoto() {
        let fold = Fold(train: [0, 2], test: [1]).joined(by: [1, 2, 2], first: 3)
        #expect(fold == Fold(train: [0, 2, 4, 5], test: [1, 3]))
    }

    @Test func trainingLearnsFromThemAndAnswersWithLabelsAlone() async throws {
        let folder = try TemporaryFolder()
        try clean(6, in: folder)
        let set = try set(folder)
        let outcome = try await Trainer(settings: Trainer.Settings(folds: 3, threads: 2)).train(set)
        #expect(outcome.model.metadata.bystanders == 18)
        #expect(outcome.model.classifier.classCount == 4)
        #expect(outcome.model.unknown?.hasBackground == true)
        #expect(outcome.assessment.verdicts.count == 18)
        #expect(outcome.assessment.probabilities.columns == 3)
        let read = try ModelFile(parsing: try outcome.model.serialised(), path: "m")
        let recognizer = try Recognizer(parsing: try read.serialised(), path: "m", threads: 1)
        #expect(recognizer.labels == DrawnCrops.labels)
        #expect(try Evaluation(of: recognizer, on: set).assessment.probabilities.columns == 3)
    }
}
