import Foundation
import Imaging
import Learn
import Recognition
import TestSupport

/// Small drawn crops of three labels: each label has its colour, each crop patches of its own, so that no two look alike.
enum DrawnCrops {
    static let labels = ["ann", "bob", "cleo"]

    static func crop(label: Int, number: Int) -> Image {
        var random = SeededBytes(seed: UInt64(label * 1000 + number))
        let patches = (0..<64).map { _ in Int(random.next() % 90) }
        let side = 40 + number % 5
        var pixels: [UInt8] = []
        for y in 0..<side {
            for x in 0..<side {
                let patch = patches[(y * 8 / side) * 8 + x * 8 / side]
                for channel in 0..<3 {
                    let tint = channel == label ? 50 : 0
                    pixels.append(UInt8(60 + patch + tint + Int(random.next() % 20)))
                }
            }
        }
        return Image(width: side, height: side, pixels: pixels)
    }

    /// Writes `count` crops a label into `folder/faces`.
    static func write(into folder: TemporaryFolder, count: Int = 8) throws {
        for (index, label) in labels.enumerated() {
            for number in 0..<count {
                try folder.write(try ImageFile.encodePNG(crop(label: index, number: number)), to: "faces/\(label)/\(number).jpg-1.png")
            }
        }
    }

    static func set(_ folder: TemporaryFolder, threads: Int = 2) throws -> TrainingSet {
        try TrainingSet(folder: folder.url.appendingPathComponent("faces"), recipe: .classic, threads: threads)
    }

    static let grid = [
        Candidate(.svm(SVMParameters(cost: 1, kernel: .linear))), Candidate(.randomForest(ForestParameters(trees: 5, seed: 3))),
        Candidate(.logisticRegression(LogisticParameters(cost: 0.01))),
    ]

    static func train(_ set: TrainingSet, threads: Int = 2, folds: Int = 3, grouped: Bool = false) throws -> Trainer.Outcome {
        let settings = Trainer.Settings(grid: .candidates(grid), folds: folds, groupDuplicates: grouped, threads: threads)
        return try Trainer(settings: settings).train(set)
    }
}
