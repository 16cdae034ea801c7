import Foundation
import Imaging
import Learn
import Recognition

/// Judges recipes on a yardstick of labelled crops with fixed grouped folds:
///
///     RecipeBench SHARED_FOLDER [--wide]
///
/// prints, over three times ten folds, the accuracy of the classic features, of several compositions, and of choosing composition and
/// candidate inside the folds (nested validation); the learning curve of the `best` recipe; and what measuring one face takes. `--wide`
/// chooses among hundreds of compositions, which takes minutes, and prints nothing else.
@main
struct RecipeBench {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let folder = arguments.first, arguments.dropFirst().allSatisfy({ $0 == "--wide" }) else {
            FileHandle.standardError.write(Data("usage: RecipeBench SHARED_FOLDER [--wide]\n".utf8))
            exit(64)
        }
        let yardstick = try Yardstick(folder: URL(fileURLWithPath: folder))
        say("\(yardstick.crops.count) crops of \(yardstick.labels.count) people, \(Set(yardstick.groups).count) different pictures")
        if arguments.contains("--wide") {
            try tellWideChoice(yardstick)
        } else {
            try tellCompositions(yardstick)
            try tellLearningCurve(yardstick)
            try tellTime(yardstick)
        }
    }

    static func tellCompositions(_ yardstick: Yardstick) throws {
        let classic = try MeasuredRecipe("classic", .classic, yardstick)
        let weak = Candidate(.logisticRegression(LogisticParameters(cost: 0.01)))
        say(
            try row(
                "classic features, logistic regression, C 0.01", try yardstick.correct { try classic.right(weak, fold: $0, yardstick) },
                yardstick))
        let recipes = try NamedComposition.few.map { try MeasuredRecipe($0.name, $0.settings, yardstick) }
        for recipe in recipes {
            let correct = try yardstick.correct { try recipe.right(regression(recipe), fold: $0, yardstick) }
            say(try row("\(recipe.name), \(recipe.rows.columns) features, logistic regression, C 3", correct, yardstick))
        }
        // What larger sets are learned by, see docs/scale.md.
        if let best = recipes.last {
            for shrinkage in [0.01, 0.1, 1] {
                let candidate = Candidate(
                    SubspaceDiscriminantParameters(shrinkage: shrinkage), preprocessing: [.blockNormalise(lengths: best.blockLengths)])
                let correct = try yardstick.correct { try best.right(candidate, fold: $0, yardstick) }
                say(try row("\(best.name), discriminant in a subspace, shrinkage \(shrinkage)", correct, yardstick))
            }
        }
        try tell(NestedChoice(among: recipes, candidates: { CandidateGrid.blocks(lengths: $0.blockLengths) }, yardstick), yardstick)
    }

    static func tellWideChoice(_ yardstick: Yardstick) throws {
        let pool = try BlockPool(yardstick)
        let recipes = pool.recipes()
        say("choosing among \(recipes.count) compositions of \(pool.blockCount) blocks")
        try tell(NestedChoice(among: recipes, candidates: { [regression($0)] }, yardstick), yardstick)
    }

    static func tell(_ nested: NestedChoice, _ yardstick: Yardstick) throws {
        say(try row("composition and candidate chosen inside the folds", nested.correct, yardstick))
        for (name, count) in nested.chosen.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
            say("  chosen \(count) times: \(name)")
        }
    }

    /// Accuracy when at most so many seeded crops of each person are learned from.
    static func tellLearningCurve(_ yardstick: Yardstick) throws {
        let best = try MeasuredRecipe("best", Recipe.best.features, yardstick)
        for count in [4, 8, 12, 16, 20] {
            var seed: UInt64 = 0
            let correct = try yardstick.correct { fold in
                var generator = SeededGenerator(seed: seed)
                seed += 1
                var left = Array(repeating: count, count: yardstick.labels.count)
                let train = fold.train.shuffled(using: &generator).filter { row in
                    left[yardstick.classes[row]] -= 1
                    return left[yardstick.classes[row]] >= 0
                }
                return try best.right(regression(best), fold: Fold(train: train.sorted(), test: fold.test), yardstick)
            }
            say(try row("best, at most \(count) crops a person", correct, yardstick))
        }
    }

    /// The middle of many measurements of one crop, on one thread.
    static func tellTime(_ yardstick: Yardstick) throws {
        let extractor = try FeatureExtractor(settings: Recipe.best.features)
        let middling = yardstick.crops.sorted { $0.picture.width < $1.picture.width }[yardstick.crops.count / 2]
        let times = try (0..<51).map { _ in
            let start = ContinuousClock.now
            _ = try extractor.vector(of: middling.picture, eyes: middling.eyes)
            return (ContinuousClock.now - start) / .milliseconds(1)
        }
        say("features of one face (\(middling.picture.size)), best: \(String(format: "%.2f", times.sorted()[25])) ms, one thread")
    }

    static func regression(_ recipe: MeasuredRecipe) -> Candidate {
        Candidate(.logisticRegression(LogisticParameters(cost: 3)), preprocessing: [.blockNormalise(lengths: recipe.blockLengths)])
    }

    /// A line with each repeat's accuracy, their mean, and Wilson's interval of the mean on one repeat's crops.
    static func row(_ name: String, _ correct: [Int], _ yardstick: Yardstick) throws -> String {
        let total = yardstick.crops.count
        let mean = Double(correct.reduce(0, +)) / Double(correct.count * total)
        let interval = try Significance.wilson(correct: Int((mean * Double(total)).rounded()), total: total)
        let each = correct.map { String(format: "%.3f", Double($0) / Double(total)) }.joined(separator: " ")
        return String(format: "%@: %.4f (%@), 95 %% interval %.3f to %.3f", name, mean, each, interval.lowerBound, interval.upperBound)
    }

    static func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
}
