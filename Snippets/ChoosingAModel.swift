// Searches candidates by cross-validation, one of them a method of one's own, and learns from all rows.
import Foundation
import Learn

// snippet.hide
func cloud(_ count: Int, seed: UInt64) -> [[Float]] {
    var draw = SeededGenerator(seed: seed)
    return (0..<count).map { row in (0..<4).map { column in Float(draw.uniform() + (row % 3 == column ? 0.9 : 0)) } }
}
let (features, others) = (cloud(60, seed: 1), cloud(6, seed: 2))
let labels = (0..<60).map { $0 % 3 }
let journal = FileManager.default.temporaryDirectory.appendingPathComponent("lineup-\(UUID().uuidString).jsonl")
// snippet.show

// snippet.first
let rows = try Matrix(features)  // [[Float]], one sample a row
let folds = try Folds.stratified(labels: labels, count: 5)
let result = try GridSearch().run(candidates: CandidateGrid.classic(), rows: rows, labels: labels, folds: folds)
let model = try CalibratedClassifier.refit(result, rows: rows, labels: labels)
let probabilities = try model.probabilities(try Matrix(others))  // rows x classes, each row summing to 1
// snippet.end
print(result.best.candidate.name, result.best.mean, probabilities.rowArgmax())

// snippet.learner
struct NearestMean: Learner {
    var name: String { "nearest_mean" }
    var settings: [String: String] { [:] }

    func fit(_ samples: LabelledRows, threads: Int) throws -> MeansOfClasses {
        var means = DoubleMatrix(rows: samples.classCount, columns: samples.rows.columns)
        for (label, members) in samples.members.enumerated() {
            for row in members {
                for column in 0..<means.columns { means[label, column] += Double(samples.rows[row, column]) / Double(members.count) }
            }
        }
        return MeansOfClasses(means: means)
    }
}

struct MeansOfClasses: Classifier {
    var means: DoubleMatrix
    var classCount: Int { means.rows }
    var featureCount: Int { means.columns }

    func scores(_ rows: Matrix, threads: Int) throws(LearnError) -> DoubleMatrix {
        var scores = DoubleMatrix(rows: rows.rows, columns: classCount)
        for row in 0..<rows.rows {
            for label in 0..<classCount {
                scores[row, label] = -zip(rows.row(row), means.row(label)).reduce(0) { $0 + pow(Double($1.0) - $1.1, 2) }
            }
        }
        return scores
    }

    func predict(_ rows: Matrix, threads: Int) throws(LearnError) -> [Int] { try scores(rows, threads: threads).rowArgmax() }
}
// snippet.end

// snippet.candidates
var candidates = CandidateGrid.classic()  // 16, the well-known tutorial's
candidates += CandidateGrid.wide(preprocessing: [.standardScale])  // 30, every method of the library
candidates.append(Candidate(LogisticParameters(cost: 3), preprocessing: [.normaliseRows]))
candidates.append(Candidate(NearestMean()))
// snippet.end

// snippet.search
let search = GridSearch(journal: SearchJournal(path: journal.path), progress: { print($0.done, "of", $0.total) })
let chosen = try await search.runInBackground(candidates: candidates, rows: rows, labels: labels, folds: folds)
// snippet.end

// snippet.hide
print(chosen.best.candidate.name, chosen.best.mean, try chosen.tiesWithBest(labels: labels).count(where: \.self), "tie")
try FileManager.default.removeItem(at: journal)
