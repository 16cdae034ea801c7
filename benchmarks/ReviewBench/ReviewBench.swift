import Foundation
import Recognition

/// Measures the review's ranking against a person's verdicts:
///
///     ReviewBench FACES VERDICTS
///
/// FACES is a folder of crops by `lineup clean`, VERDICTS has lines with `photo` ("label/name") and `shows`, whether the photo's crop shows the
/// label's person. It prints the area under the ROC of the ranking, how many of the wrong crops stand in its first parts, what
/// `lineup review --auto` would reject, and what training scores without and after it. The ranking never reads the verdicts.
@main
struct ReviewBench {
    private struct Verdict: Decodable {
        var photo: String
        var shows: Bool
    }

    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard arguments.count == 2, let faces = arguments.first, let verdicts = arguments.last else {
            FileHandle.standardError.write(Data("usage: ReviewBench FACES VERDICTS\n".utf8))
            exit(64)
        }
        let lines = try String(contentsOf: URL(fileURLWithPath: verdicts), encoding: .utf8).split(separator: "\n")
        let shows = Dictionary(
            try lines.map { try JSONDecoder().decode(Verdict.self, from: Data($0.utf8)) }.map { ($0.photo, $0.shows) }
        ) { first, _ in first }
        let clock = ContinuousClock()
        let start = clock.now
        let measured = try MeasuredCrops(folder: URL(fileURLWithPath: faces))
        let measuring = (clock.now - start) / .seconds(1)
        let ranking = try SuspicionRanking(of: measured, threads: availableCores)
        let judged = zip(ranking.crops, ranking.places).compactMap { crop, place in
            measured.crops[place].record.flatMap { shows[$0.path.text] }.map { (suspicion: crop.suspicion, isWrong: !$0) }
        }
        let wrong = judged.count { $0.isWrong }
        print("\(judged.count) crops with a verdict, \(wrong) wrong; measured in \(format(measuring, 1)) s")
        print("area under the ROC: \(format(areaUnderROC(judged), 3))")
        for percent in [10, 20, 30, 50] {
            let first = judged.prefix(judged.count * percent / 100)
            print("first \(percent) % of the list: \(first.count { $0.isWrong }) of \(wrong) wrong crops")
        }
        for confidence in [0.5, 0.8, 0.9, 0.95, 0.98, 0.99] {
            let rejected = judged.filter { $0.suspicion >= confidence }
            print("--auto --confidence \(confidence): rejects \(rejected.count), \(rejected.count { $0.isWrong }) of them wrong")
        }
        try printTraining(measured, ranking, shows)
    }

    /// Trains on the crops as they are and on those that `--auto` leaves, and counts the right answers of models that had not seen the crop nor a
    /// near-duplicate of it, on the crops that show their label's person and are in both.
    private static func printTraining(_ measured: MeasuredCrops, _ ranking: SuspicionRanking, _ shows: [String: Bool]) throws {
        let copy = FileManager.default.temporaryDirectory.appendingPathComponent("review-bench-\(UUID().uuidString)")
        try FileManager.default.copyItem(at: measured.folder, to: copy)
        defer { try? FileManager.default.removeItem(at: copy) }
        let before = try answers(in: copy, shows)
        let rejected = try CropReview(faces: copy).rejectAutomatically(ranking, of: measured, confidence: 0.95)
        let after = try answers(in: copy, shows)
        let common = Set(before.keys).intersection(after.keys)
        let (right, rightAfter) = (common.count { before[$0] == true }, common.count { after[$0] == true })
        print(
            "--auto puts \(rejected.count) aside; of \(common.count) right crops in both trainings names \(right) without it, \(rightAfter) after it"
        )
    }

    /// Whether each crop that shows its label's person is named rightly, by its path.
    private static func answers(in folder: URL, _ shows: [String: Bool]) throws -> [RelativePath: Bool] {
        let outcome = try Trainer().train(try TrainingSet(folder: folder, recipe: .best))
        var answers: [RelativePath: Bool] = [:]
        for verdict in outcome.assessment.verdicts {
            let row = outcome.set.rows[verdict.row]
            if let photo = row.record?.path.text, shows[photo] == true { answers[row.path] = verdict.isRight }
        }
        return answers
    }

    /// The share of pairs of a wrong and a right crop in which the wrong one is the more suspicious; ties count half.
    private static func areaUnderROC(_ judged: [(suspicion: Double, isWrong: Bool)]) -> Double {
        let (wrong, right) = (judged.filter(\.isWrong), judged.filter { !$0.isWrong })
        var wins = 0.0
        for a in wrong { for b in right { wins += a.suspicion > b.suspicion ? 1 : a.suspicion == b.suspicion ? 0.5 : 0 } }
        return wins / Double(wrong.count * right.count)
    }

    private static func format(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }
}
