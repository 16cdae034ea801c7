import Foundation
import Learn
import Recognition

/// Measures the whole way on photos that a model has never seen:
///
///     PhotoBench FOLDER [--recipe best] [--goldens athletes.jsonl] [--threads N]
///
/// splits FOLDER/<label>/<photo> into five parts of whole photos with near-duplicates together, and on each split cleans, picks and trains on
/// four parts and answers the fifth, nothing reviewed. A photo's answer is the most probable label of the face with the highest score.
/// With `--goldens` it also tells how many of the faces picked in the whole folder are the labels' people: a line there has `photo` and
/// `athlete`, a box or null, and a face is the athlete's where the boxes overlap by more than 0.3 (intersection over union). Cleaning,
/// picking and training never read that file.
@main
struct PhotoBench {
    static func main() async throws {
        var arguments = CommandLine.arguments.dropFirst()
        var values: [String: String] = [:]
        var folders: [String] = []
        while let argument = arguments.popFirst() {
            if argument.hasPrefix("--") { values[argument] = arguments.popFirst() } else { folders.append(argument) }
        }
        guard folders.count == 1, let recipe = Recipe.named(values["--recipe"] ?? "best"),
            let threads = Int(values["--threads"] ?? "2"), Set(values.keys).isSubset(of: ["--recipe", "--goldens", "--threads"])
        else {
            FileHandle.standardError.write(
                Data("usage: PhotoBench FOLDER [--recipe best|classic] [--goldens FILE] [--threads N]\n".utf8))
            exit(64)
        }
        let photos = URL(fileURLWithPath: folders[0])
        let work = FileManager.default.temporaryDirectory.appendingPathComponent("photo-bench-\(ProcessInfo.processInfo.processIdentifier)")
        defer { try? FileManager.default.removeItem(at: work) }
        let cleaner = Cleaner(recipe: recipe, threads: threads)

        let clock = ContinuousClock()
        let start = clock.now
        let faces = work.appendingPathComponent("all")
        let summary = try await cleaner.clean(photos, into: faces)
        say("\(summary.photos) photos, \(summary.kept) with a kept face, recipe \(recipe.name), \((clock.now - start) / .seconds(1)) s")
        for (reason, count) in summary.reasons.sorted(by: { $0.key < $1.key }) { say("  \(count) \(reason)") }
        let records = try Manifest(folder: faces).ordered
        if let goldens = values["--goldens"] { try tellPicks(records, goldens: try Goldens(URL(fileURLWithPath: goldens))) }

        let split = try WholePhotoFolds(records, count: 5)
        var outcomes: [Outcome] = []
        for fold in split.folds.indices {
            let folder = work.appendingPathComponent("fold\(fold)")
            try split.link(photos, trainingOf: fold, into: folder.appendingPathComponent("photos"))
            _ = try await cleaner.clean(folder.appendingPathComponent("photos"), into: folder.appendingPathComponent("faces"))
            let set = try await TrainingSet(folder: folder.appendingPathComponent("faces"), recipe: recipe, threads: threads)
            let model = try await Trainer(settings: .init(threads: threads)).train(set).model
            let recognizer = try Recognizer(parsing: try model.serialised(), path: "fold \(fold)", threads: threads)
            let answers = try split.folds[fold].map { try Outcome(of: $0, by: recognizer, in: photos) }
            say("fold \(fold): \(set.rows.count) crops learned from, \(answers.count(where: \.isRight)) of \(answers.count) photos right")
            outcomes += answers
        }
        try tell(outcomes)
    }

    private static func tellPicks(_ records: [PhotoRecord], goldens: Goldens) throws {
        let known = records.filter { goldens.athletes[$0.path.text] != nil }
        let picked = known.filter(\.kept)
        let right = picked.count { goldens.isAthlete($0.crops[0].box, in: $0.path.text) }
        let reachable = known.count { record in record.faces.contains { goldens.isAthlete($0.box, in: record.path.text) } }
        say("of \(known.count) photos with a known athlete: found in \(try share(reachable, known.count))")
        say("  picked faces that are the athlete: \(try share(right, picked.count))")
        say("  athletes picked: \(try share(right, known.count))")
    }

    private static func tell(_ outcomes: [Outcome]) throws {
        say("right name: \(try share(outcomes.count(where: \.isRight), outcomes.count))")
        for outcome in Outcome.allCases where outcome != .right {
            say("  \(outcome.rawValue): \(outcomes.count { $0 == outcome })")
        }
    }

    private static func share(_ count: Int, _ total: Int) throws -> String {
        guard total > 0 else { return "none" }
        let interval = try Significance.wilson(correct: count, total: total)
        return String(
            format: "%.3f (%d of %d; 95 %% interval %.3f to %.3f)", Double(count) / Double(total), count, total, interval.lowerBound,
            interval.upperBound)
    }

    private static func say(_ text: String) {
        print(text)
    }
}
