import Cascade
import Foundation
import Imaging
import Learn
import Portraits
import Recognition
import TestSupport
import Testing

@Suite struct BestRecipeTests {
    /// Frontal portraits of three athletes, cleaned into crops as a user would.
    private func faces(in folder: TemporaryFolder, numbers: Range<Int>, name: String) throws -> URL {
        let studio = PortraitStudio(seed: 1)
        for athlete in 0..<3 {
            for number in numbers.filter({ PortraitStudio.kind(of: $0) == .frontal }) {
                try folder.write(
                    try ImageFile.encodePNG(studio.portrait(of: athlete, number: number).image),
                    to: "\(name)/person\(athlete)/\(number).png")
            }
        }
        let faces = folder.url.appendingPathComponent("\(name)-faces")
        _ = try Cleaner(recipe: .best, threads: 2).clean(folder.url.appendingPathComponent(name), into: faces)
        return faces
    }

    @Test func drawnPeopleAreToldApart() throws {
        let folder = try TemporaryFolder()
        let set = try TrainingSet(folder: try faces(in: folder, numbers: 0..<24, name: "learned"), recipe: .best, threads: 2)
        let outcome = try Trainer(settings: .init(folds: 3, groupDuplicates: true, threads: 2)).train(set)
        #expect(outcome.model.metadata.recipe == .best)
        #expect(outcome.model.metadata.chosenOnGroups)
        let recognizer = try Recognizer(parsing: try outcome.model.serialised(), path: "model", threads: 1)
        let other = try TrainingSet(folder: try faces(in: folder, numbers: 24..<36, name: "other"), recipe: .best, threads: 2)
        let figures = try Evaluation(of: recognizer, on: other).figures
        #expect(figures.crops >= 12)
        #expect(figures.accuracy >= 0.9)
    }

    @Test func aCropReadBackIsMeasuredAsTheFaceOnThePhoto() throws {
        let studio = PortraitStudio(seed: 1)
        let finder = try FaceFinder(recipe: .best)
        let extractor = try FeatureExtractor(settings: Recipe.best.features)
        var compared = 0
        for number in 0..<6 where PortraitStudio.kind(of: number) == .frontal {
            let photo = studio.portrait(of: 1, number: number).image
            for face in try finder.faces(in: photo.grayscale()) where finder.accepts(face) {
                let crop = photo.cropped(to: face.box)
                let onPhoto = try extractor.vector(of: crop, eyes: face.eyes.map { $0.offsetBy(x: -face.box.x, y: -face.box.y) })
                let stored = try ImageFile.decode(try ImageFile.encodePNG(crop))
                #expect(try extractor.vector(of: stored, eyes: try finder.eyes(in: stored.grayscale())) == onPhoto)
                #expect(onPhoto.count == extractor.count)
                compared += 1
            }
        }
        #expect(compared > 0)
    }

    @Test func mirrorsAreLearnedFromByCompositionsOnly() throws {
        let crop = DrawnCrops.crop(label: 0, number: 1)
        let best = try FeatureExtractor(settings: Recipe.best.features)
        let measured = try best.mirroredVector(of: crop, eyes: [])
        let mirrored = try #require(measured)
        #expect(mirrored.count == best.count)
        #expect(mirrored != (try best.vector(of: crop, eyes: [])))
        #expect(try FeatureExtractor(settings: .classic).mirroredVector(of: crop, eyes: []) == nil)
    }

    @Test func settingsSurviveJSONAndOthersAreRefused() throws {
        for settings in [FeatureSettings.classic, Recipe.best.features] {
            #expect(try JSONDecoder().decode(FeatureSettings.self, from: try JSONEncoder().encode(settings)) == settings)
        }
        #expect(String(decoding: try JSONEncoder().encode([FeatureSettings.classic]), as: UTF8.self) == #"["classic"]"#)
        for text in [#""nothing""#, "{}", "3", #"{"composition":{"views":[]}}"#] {
            #expect(throws: DecodingError.self) { try JSONDecoder().decode(FeatureSettings.self, from: Data(text.utf8)) }
        }
    }

    @Test func aRecipeThatCannotBeFollowedIsNamed() throws {
        let folder = try TemporaryFolder()
        try DrawnCrops.write(into: folder, count: 5)
        let set = try TrainingSet(folder: folder.url.appendingPathComponent("faces"), recipe: .best, threads: 2)
        let model = try Trainer(settings: .init(folds: 3, groupDuplicates: true, threads: 2)).train(set).model
        var file = try Safetensors(parsing: try model.serialised())
        let metadata = try #require(file.metadata["lineup"])
        file.metadata["lineup"] = metadata.replacingOccurrences(of: #""window":11"#, with: #""window":10"#)
        let error = #expect(throws: RecognitionError.self) { try ModelFile(parsing: file.serialised(), path: "model") }
        #expect("\(try #require(error))".contains("window is 10"))
    }

    /// The yardstick of `benchmarks/RecipeBench`: crops that a person found right, ten folds with near-duplicates kept together.
    @Test(.enabled(if: SharedData.isPresent && SharedData.isOptimised, "needs the shared photos and an optimised build"))
    func realPeopleAreToldApart() throws {
        struct Rows: Decodable {
            struct Row: Decodable {
                var photo: String
                var box: [Int]
                var label: String
            }
            var rows: [Row]
        }
        struct Groups: Decodable {
            var right_rows: [Int]
            var folds_3x10_test_rows: [[[Int]]]
        }
        func read<T: Decodable>(_ name: String, as type: T.Type) throws -> T {
            try JSONDecoder().decode(type, from: Data(contentsOf: SharedData.goldens.appendingPathComponent(name)))
        }
        let rows = try read("classic/rows.json", as: Rows.self).rows
        let groups = try read("groups.json", as: Groups.self)
        let labels = Set(rows.map(\.label)).sorted()
        let extractor = try FeatureExtractor(settings: Recipe.best.features)
        let finder = try FaceFinder(recipe: .best)
        var vectors: [Int: [Float]] = [:]
        var mirrors: [Int: [Float]] = [:]
        for row in groups.right_rows {
            let box = rows[row].box
            let crop = try ImageFile.decode(try SharedData.bytes(of: rows[row].photo))
                .cropped(to: Rect(x: box[0], y: box[1], width: box[2], height: box[3]))
            let eyes = try finder.eyes(in: crop.grayscale())
            vectors[row] = try extractor.vector(of: crop, eyes: eyes)
            mirrors[row] = try extractor.mirroredVector(of: crop, eyes: eyes)
        }
        let candidate = Candidate(
            .logisticRegression(LogisticParameters(cost: 3)), preprocessing: [.blockNormalise(lengths: extractor.blockLengths)])
        var right = 0
        for test in groups.folds_3x10_test_rows[0] {
            let train = groups.right_rows.filter { !test.contains($0) }
            let model = try candidate.fit(
                rows: try Matrix(train.map { vectors[$0]! }), labels: train.map { labels.firstIndex(of: rows[$0].label)! },
                augmentation: try Augmentation(rows: try Matrix(train.map { mirrors[$0]! }), sources: Array(train.indices)), threads: 2)
            let said = try model.predict(try Matrix(test.map { vectors[$0]! }), threads: 2)
            right += zip(test, said).count { rows[$0].label == labels[$1] }
        }
        #expect(right >= 114, "0.95 of 120; measured 116")
    }
}
