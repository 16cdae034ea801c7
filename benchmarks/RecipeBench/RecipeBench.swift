import Foundation
import Imaging
import Learn
import Recognition

/// Judges recipes on a yardstick of labelled crops with fixed grouped folds:
///
///     RecipeBench SHARED_FOLDER
///
/// prints, over three times ten folds, the accuracy of the classic features, of each composition alone, and of choosing composition and
/// candidate inside the folds (nested validation); the learning curve of the `best` recipe; and what measuring one face takes.
@main
struct RecipeBench {
    static func main() throws {
        guard CommandLine.arguments.count == 2 else {
            FileHandle.standardError.write(Data("usage: RecipeBench SHARED_FOLDER\n".utf8))
            exit(64)
        }
        let yardstick = try Yardstick(folder: URL(fileURLWithPath: CommandLine.arguments[1]))
        say("\(yardstick.crops.count) crops of \(yardstick.labels.count) people, \(Set(yardstick.groups).count) different pictures")
        let classic = try MeasuredRecipe("classic", .classic, yardstick)
        say(
            row(
                "classic, logistic regression, C 0.01",
                try fixed(classic, yardstick) { _ in
                    [Candidate(.logisticRegression(LogisticParameters(cost: 0.01)))]
                }))
        let compositions = try CandidateComposition.all.map { try MeasuredRecipe($0.name, .composition($0.composition), yardstick) }
        for recipe in compositions {
            say(
                row(
                    "\(recipe.name), \(recipe.rows.columns) features, logistic regression, C 3",
                    try fixed(recipe, yardstick) { lengths in
                        [Candidate(.logisticRegression(LogisticParameters(cost: 3)), preprocessing: [.blockNormalise(lengths: lengths)])]
                    }))
        }
        let nested = try NestedChoice(among: compositions, yardstick)
        say(row("composition and candidate chosen inside the folds", nested.correct))
        for (name, count) in nested.chosen.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
            say("  chosen \(count) times: \(name)")
        }
        let best = try MeasuredRecipe("best", Recipe.best.features, yardstick)
        for count in [4, 8, 12, 16, 20] {
            say(row("best, at most \(count) crops a person", try learningCurve(best, yardstick, perLabel: count)))
        }
        try timeOneFace(yardstick)
    }

    /// Right answers in each repeat with the first of the given candidates.
    static func fixed(_ recipe: MeasuredRecipe, _ yardstick: Yardstick, candidates: ([Int]) -> [Candidate]) throws -> [Int] {
        try yardstick.repeats.map { folds in
            try folds.reduce(0) { try $0 + recipe.right(candidates(recipe.blockLengths)[0], fold: $1, labels: yardstick.classes) }
        }
    }

    /// Right answers in each repeat when at most `perLabel` seeded crops of each person are learned from.
    static func learningCurve(_ recipe: MeasuredRecipe, _ yardstick: Yardstick, perLabel: Int) throws -> [Int] {
        let candidate = Candidate(
            .logisticRegression(LogisticParameters(cost: 3)), preprocessing: [.blockNormalise(lengths: recipe.blockLengths)])
        return try yardstick.repeats.enumerated().map { number, folds in
            try folds.enumerated().reduce(0) { sum, next in
                var generator = SeededGenerator(seed: UInt64(100 * number + next.offset))
                var left = Array(repeating: perLabel, count: yardstick.labels.count)
                let train = next.element.train.shuffled(using: &generator).filter { row in
                    left[yardstick.classes[row]] -= 1
                    return left[yardstick.classes[row]] >= 0
                }
                let fold = Fold(train: train.sorted(), test: next.element.test)
                return try sum + recipe.right(candidate, fold: fold, labels: yardstick.classes)
            }
        }
    }

    /// The middle of many measurements of one crop, on one thread.
    static func timeOneFace(_ yardstick: Yardstick) throws {
        let extractor = try FeatureExtractor(settings: Recipe.best.features)
        let middling = yardstick.crops.sorted { $0.picture.width < $1.picture.width }[yardstick.crops.count / 2]
        let times = try (0..<51).map { _ in
            let start = ContinuousClock.now
            _ = try extractor.vector(of: middling.picture, eyes: middling.eyes)
            return (ContinuousClock.now - start) / .milliseconds(1)
        }
        let size = middling.picture.size
        say("features of one face (\(size.width) x \(size.height)), best: \(String(format: "%.2f", times.sorted()[25])) ms, one thread")
    }

    /// A line with each repeat's accuracy, their mean, and Wilson's interval of the mean on one repeat's crops.
    static func row(_ name: String, _ correct: [Int]) -> String {
        let total = 120
        let mean = Double(correct.reduce(0, +)) / Double(correct.count * total)
        let interval = (try? Significance.wilson(correct: Int((mean * Double(total)).rounded()), total: total)) ?? 0...1
        let each = correct.map { String(format: "%.3f", Double($0) / Double(total)) }.joined(separator: " ")
        return String(format: "%@: %.4f (%@), 95 %% interval %.3f to %.3f", name, mean, each, interval.lowerBound, interval.upperBound)
    }

    static func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
}
