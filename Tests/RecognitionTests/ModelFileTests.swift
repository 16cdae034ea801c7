import Foundation
import Imaging
import Learn
import Portraits
import Recognition
import TestSupport
import Testing

@Suite struct ModelFileTests {
    private func trained() throws -> (model: ModelFile, bytes: [UInt8]) {
        let folder = try TemporaryFolder()
        try DrawnCrops.write(into: folder, count: 5)
        let model = try DrawnCrops.train(try DrawnCrops.set(folder)).model
        return (model, try model.serialised())
    }

    @Test func whatIsWrittenIsRead() throws {
        let (model, bytes) = try trained()
        let read = try ModelFile(parsing: bytes, path: "model")
        #expect(read.metadata == model.metadata)
        #expect(read.classifier == model.classifier)
        #expect(read.trainingHashes == model.trainingHashes)
        #expect(try read.serialised() == bytes)
        let recognizer = try Recognizer(parsing: bytes, path: "model", threads: 1)
        #expect(recognizer.summary.identity.id == String(FileBytes.sha256(bytes).prefix(16)))
        #expect(recognizer.labels == DrawnCrops.labels)
    }

    @Test func aFileOfAFormerVersionHasNoConfusionMatrix() throws {
        let (model, bytes) = try trained()
        var file = try Safetensors(parsing: bytes)
        let metadata = try #require(file.metadata["lineup"])
        file.metadata["lineup"] = metadata.replacing(/"confusion":\[.*?\]\],/, with: "")
        #expect(file.metadata["lineup"] != metadata)
        let read = try ModelFile(parsing: file.serialised(), path: "model").metadata
        #expect(read.confusion == nil && model.metadata.confusion != nil)
    }

    @Test func aTruncatedFileIsDamagedWhereverItEnds() throws {
        let bytes = try trained().bytes
        for length in Array(0..<32) + stride(from: 32, to: bytes.count, by: max(1, bytes.count / 60)) {
            #expect(throws: RecognitionError.self, "cut to \(length) bytes") {
                try Recognizer(parsing: Array(bytes.prefix(length)), path: "model", threads: 1)
            }
        }
    }

    /// The built-in model of faces belongs to one set of searches.
    @Test func aModelWhoseFacesWereFoundInAnotherWayIsRefusedWithTheRemedy() throws {
        func refusal(_ finding: FindingSettings) throws -> String? {
            var file = try Safetensors(parsing: try trained().bytes)
            let text = Data(try #require(file.metadata["lineup"]).utf8)
            var metadata = try #require(try JSONSerialization.jsonObject(with: text) as? [String: Any])
            var recipe = try #require(metadata["recipe"] as? [String: Any])
            recipe["finding"] = try JSONSerialization.jsonObject(with: JSONEncoder().encode(finding))
            metadata["recipe"] = recipe
            file.metadata["lineup"] = String(decoding: try JSONSerialization.data(withJSONObject: metadata), as: UTF8.self)
            do {
                _ = try ModelFile(parsing: file.serialised(), path: "model")
                return nil
            } catch {
                return "\(error)"
            }
        }
        var former = FindingSettings.standard
        former.leaning = nil
        #expect(try refusal(former)?.contains("clean the photos into another folder") == true)
        #expect(try refusal(.standard) == nil)
    }

    @Test func contradictionsInsideAreNamed() throws {
        let bytes = try trained().bytes
        func refusal(_ change: (inout Safetensors) -> Void) throws -> String {
            var file = try Safetensors(parsing: bytes)
            change(&file)
            let error = #expect(throws: RecognitionError.self) {
                try Recognizer(parsing: file.serialised(), path: "model", threads: 1)
            }
            return "\(try #require(error))"
        }
        let metadata = try #require(try Safetensors(parsing: bytes).metadata["lineup"])
        #expect(try refusal { $0.metadata["lineup"] = nil }.contains("another program's file"))
        #expect(try refusal { $0.metadata["lineup"] = "{}" }.contains("metadata cannot be read"))
        #expect(
            try refusal { $0.metadata["lineup"] = metadata.replacingOccurrences(of: "\"schema\":1", with: "\"schema\":9") }
                .contains("schema 9 is newer"))
        #expect(
            try refusal { $0.metadata["lineup"] = metadata.replacingOccurrences(of: "\"ann\",", with: "") }.contains("labels for 3 classes")
        )
        let misplaced = metadata.replacing(/"confusion":\[\[0,/, with: "\"confusion\":[[7,")
        #expect(misplaced != metadata)
        #expect(try refusal { $0.metadata["lineup"] = misplaced }.contains("confusion matrix has the entry [7, "))
        #expect(try refusal { $0.tensors["selftest.features"] = nil }.contains("self-test vectors"))
        #expect(try refusal { $0.tensors["training.hashes"] = nil }.contains("training.hashes"))
    }

    @Test func aModelThatDoesNotReproduceItsSelfTestIsRefused() throws {
        var file = try Safetensors(parsing: try trained().bytes)
        let stored = try #require(file.tensors["selftest.probabilities"])
        var values = try #require(stored.doubles)
        values[0] += 1e-6
        file.tensors["selftest.probabilities"] = Tensor(values, shape: stored.shape)
        let error = #expect(throws: RecognitionError.self) { try Recognizer(parsing: file.serialised(), path: "model", threads: 1) }
        guard case .selfTestFailed(vector: 0, _, _)? = error else {
            Issue.record("not a failed self-test: \(String(describing: error))")
            return
        }
    }

    @Test func anotherCascadeThanTheTrainedOneIsRefused() throws {
        var file = try Safetensors(parsing: try trained().bytes)
        let metadata = try #require(file.metadata["lineup"])
        let digests = try FaceFinder(recipe: .classic).cascadeDigests
        let digest = try #require(digests["haarcascade_eye"])
        file.metadata["lineup"] = metadata.replacingOccurrences(of: digest, with: String(repeating: "0", count: 64))
        #expect(
            throws: RecognitionError.cascadeDiffers(name: "haarcascade_eye", expected: String(repeating: "0", count: 64), found: digest)
        ) {
            try Recognizer(parsing: file.serialised(), path: "model", threads: 1)
        }
    }
}

@Suite struct RecognizerTests {
    @Test func aPhotoWithoutAFaceGetsItsReason() throws {
        let folder = try TemporaryFolder()
        try DrawnCrops.write(into: folder, count: 5)
        let bytes = try DrawnCrops.train(try DrawnCrops.set(folder)).model.serialised()
        let recognizer = try Recognizer(parsing: bytes, path: "model", threads: 1)
        func reason(_ width: Int, _ height: Int) throws -> NoFaceReason? {
            let photo = Image(width: width, height: height, pixels: Array(repeating: 90, count: 3 * width * height))
            let answer = try recognizer.answer(for: try ImageFile.encodePNG(photo), limits: .standard)
            #expect(answer.faces.isEmpty)
            #expect(answer.image == photo.size)
            return answer.reason
        }
        #expect(try reason(60, 50) == .noFace)
        #expect(try reason(60, 20) == .tooSmall)
        #expect(throws: ImagingError.self) { try recognizer.answer(for: Array("text".utf8), limits: .standard) }
    }

    @Test func aDrawnPortraitIsNamedWithScoresThatSumToOne() throws {
        let folder = try TemporaryFolder()
        try DrawnCrops.write(into: folder, count: 5)
        let bytes = try DrawnCrops.train(try DrawnCrops.set(folder)).model.serialised()
        let recognizer = try Recognizer(parsing: bytes, path: "model", threads: 1)
        let studio = PortraitStudio(seed: 1)
        // Not every frontal portrait is found, so the first three are tried.
        let frontal = (0..<20).filter { PortraitStudio.kind(of: $0) == .frontal }.prefix(3)
        let answers = try frontal.map {
            try recognizer.answer(for: try ImageFile.encodePNG(studio.portrait(of: 0, number: $0).image), limits: .standard)
        }
        let face = try #require(answers.flatMap(\.faces).first)
        #expect(face.eyes.count >= 2)
        #expect(face.eyes.allSatisfy(face.box.contains))
        #expect(face.label == face.scores[0].label)
        #expect(face.score == face.scores[0].score)
        #expect(face.scores.map(\.score) == face.scores.map(\.score).sorted(by: >))
        #expect(abs(face.scores.map(\.score).reduce(0, +) - 1) < 1e-12)
        #expect(Set(face.scores.map(\.label)) == Set(DrawnCrops.labels))
    }

    @Test func aFaceBelowTheThresholdForStrangersHasNoName() throws {
        let folder = try TemporaryFolder()
        try DrawnCrops.write(into: folder, count: 5)
        var file = try Safetensors(parsing: try DrawnCrops.train(try DrawnCrops.set(folder)).model.serialised())
        // A stranger of confidence 1 must be refused: nobody is sure enough.
        try UnknownThreshold(strangers: [1], known: [0.5], confidence: .margin, falseAcceptRate: 0).write(to: &file)
        let recognizer = try Recognizer(parsing: file.serialised(), path: "model", threads: 1)
        let studio = PortraitStudio(seed: 1)
        let frontal = (0..<20).filter { PortraitStudio.kind(of: $0) == .frontal }.prefix(3)
        let faces = try frontal.flatMap {
            try recognizer.answer(for: try ImageFile.encodePNG(studio.portrait(of: 0, number: $0).image), limits: .standard).faces
        }
        #expect(!faces.isEmpty)
        #expect(faces.allSatisfy { !$0.known && $0.label == nil && $0.score == $0.scores[0].score })
    }

    /// What is no model is called by its name, and only its start is read: a video of gigabytes costs nothing.
    @Test func whatIsNoModelIsNamed() throws {
        let folder = try TemporaryFolder()
        func refusal(_ bytes: [UInt8]) throws -> String {
            try folder.write(bytes, to: "file")
            let error = #expect(throws: RecognitionError.self) { try Recognizer(contentsOf: folder.url.appendingPathComponent("file")) }
            return error?.description ?? ""
        }
        let photo = try ImageFile.encodePNG(Image(width: 1, height: 1, pixels: [1, 2, 3]))
        #expect(try refusal(photo).contains("it is a PNG, not a model"))
        #expect(try refusal(Array("just words, and more of them".utf8)).contains("it looks like text"))
        #expect(try refusal([UInt8](repeating: 0xFE, count: 100)).contains("does not begin like a model"))
        #expect(try refusal([]).contains("it looks like an empty file"))
        let video = folder.url.appendingPathComponent("video.mov")
        try folder.write([0, 0, 0, 20] + Array("ftypqt  ".utf8), to: "video.mov")
        let file = try FileHandle(forWritingTo: video)
        try file.truncate(atOffset: 1 << 40)  // a hole: it takes no room on the disk, and would take a terabyte of memory
        try file.close()
        let error = #expect(throws: RecognitionError.self) { try Recognizer(contentsOf: video) }
        #expect("\(try #require(error))".contains("1099511627776 bytes, a model has at most"))
    }
}
