import Foundation
import Learn
import TestSupport
import Testing

/// A method that this library does not have: the nearest class mean.
private struct NearestMean: Learner {
    var shrinkage: Double
    var name: String { "nearest_mean" }
    var settings: [String: String] { ["shrinkage": "\(shrinkage)"] }

    struct Unfit: Error {}

    func validate() throws(LearnError) {
        guard shrinkage >= 0 else { throw LearnError.invalidParameter(name: "shrinkage", value: "\(shrinkage)", allowed: "0 or more") }
    }

    func fit(_ samples: LabelledRows, threads: Int) throws -> Means {
        guard shrinkage < 1 else { throw Unfit() }
        var means = DoubleMatrix(rows: samples.classCount, columns: samples.rows.columns)
        for (label, members) in samples.members.enumerated() {
            for row in members {
                for column in 0..<means.columns {
                    means[label, column] += (1 - shrinkage) * Double(samples.rows[row, column]) / Double(members.count)
                }
            }
        }
        return Means(means: means)
    }
}

private struct Means: Classifier {
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

@Suite struct CustomLearnerTests {
    private let blobs = Blobs(sizes: [12, 15, 11], columns: 6, spread: 0.8, seed: 5)

    @Test func aLearnerOfOnesOwnIsSearchedRefittedAndCalibrated() throws {
        let folds = try Folds.stratified(labels: blobs.labels, count: 3)
        let candidates = [Candidate(NearestMean(shrinkage: 0)), Candidate(.majorityClass), Candidate(NearestMean(shrinkage: -1))]
        #expect(candidates[0].name == "scale, nearest_mean shrinkage=0.0")
        let result = try GridSearch(threads: 2).run(candidates: candidates, rows: blobs.rows, labels: blobs.labels, folds: folds)
        #expect(result.bestIndex == 0)
        #expect(result.best.mean > result.candidates[1].mean)
        let model = try CalibratedClassifier.refit(result, rows: blobs.rows, labels: blobs.labels)
        #expect(try model.probabilities(blobs.rows).rowArgmax() == model.predict(blobs.rows))
        #expect(model == (try CalibratedClassifier.refit(result, rows: blobs.rows, labels: blobs.labels, threads: 1)))
        guard case .custom(let learned) = model.pipeline.model else {
            Issue.record("not a model of one's own")
            return
        }
        #expect(learned.name == "nearest_mean" && learned.classifier is Means)
        var file = Safetensors()
        #expect(throws: LearnError.notStorable(model: "nearest_mean")) { try model.write(to: &file) }
        #expect(file == Safetensors())
    }

    @Test func itsErrorsAreReported() throws {
        let folds = try Folds.stratified(labels: blobs.labels, count: 3)
        let result = try GridSearch(threads: 1).run(
            candidates: [Candidate(.majorityClass), Candidate(NearestMean(shrinkage: 2)), Candidate(NearestMean(shrinkage: -1))],
            rows: blobs.rows, labels: blobs.labels, folds: folds)
        #expect(result.candidates[1].failure == .learnerFailed(name: "nearest_mean", reason: "Unfit()"))
        #expect(result.candidates[2].failure == .invalidParameter(name: "shrinkage", value: "-1.0", allowed: "0 or more"))
        #expect(result.candidates[1].failure?.localizedDescription == "nearest_mean failed: Unfit()")
    }

    @Test func aJournalKnowsItByNameAndSettings() throws {
        let folds = try Folds.stratified(labels: blobs.labels, count: 3)
        let folder = try TemporaryFolder()
        let journal = SearchJournal(path: folder.url.appendingPathComponent("journal").path)
        func steps(_ shrinkage: Double) throws -> Int {
            let counter = Counter()
            _ = try GridSearch(threads: 1, journal: journal, progress: { _ in _ = counter.next() })
                .run(candidates: [Candidate(NearestMean(shrinkage: shrinkage))], rows: blobs.rows, labels: blobs.labels, folds: folds)
            return counter.value
        }
        #expect(try [steps(0), steps(0), steps(0.5), steps(0.5)] == [3, 0, 3, 0])
    }

    @Test func methodsOfTheLibraryAreTheirOwnCases() {
        #expect(Candidate(SVMParameters(cost: 3)) == Candidate(.svm(SVMParameters(cost: 3))))
        #expect(Candidate(ForestParameters.extraTrees(3)) == Candidate(.randomForest(.extraTrees(3))))
        #expect(Candidate(DiscriminantParameters()).estimator == .linearDiscriminant)
        for candidate in CandidateGrid.wide() {
            #expect(Estimator(candidate.estimator.learner) == candidate.estimator)
            #expect(candidate.estimator.learner.name == candidate.estimator.name)
        }
    }
}
