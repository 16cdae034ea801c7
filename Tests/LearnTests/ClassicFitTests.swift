import Foundation
import Learn
import TestSupport
import Testing

@Suite(.enabled(if: SharedData.isPresent, "the shared photos and goldens are not beside this checkout"))
struct ClassicFitTests {
    @Test func foldsAreThoseOfScikitLearn() throws {
        let (goldens, _) = try ClassicGoldens.load()
        #expect(try Folds.stratified(labels: goldens.y, count: 5).map(\.test) == goldens.folds)
    }

    @Test func supportVectorsAndDecisionValuesAgreeAtTightTolerance() throws {
        let (goldens, rows) = try ClassicGoldens.load()
        let scaled = try StandardScaler(fitting: rows).transform(rows)
        let samples = try LabelledRows(rows: scaled, labels: goldens.y)
        for fit in SharedData.sampled(goldens.full_fit.filter { $0.estimator == "svm" }) {
            let gamma: KernelFunction.Gamma = fit.gamma == "scale" ? .scale : .auto
            let parameters = SVMParameters(
                cost: fit.C, kernel: fit.kernel == "linear" ? .linear : .rbf(gamma: gamma), tolerance: 1e-8)
            let model = try SupportVectorClassifier.fit(samples, parameters: parameters, threads: 2)
            #expect(model.report.stopReason == .converged)
            #expect(model.supportIndices == fit.support)
            #expect(model.supportCounts == fit.n_support)
            let decisions = try model.decisionValues(scaled.selecting(rows: Array(0..<20)), threads: 1)
            let expected = try #require(fit.decision_ovo_first_20_rows).flatMap { $0 }
            try #require(expected.count == decisions.values.count)
            let worst = zip(decisions.values, expected).map { abs($0 - $1) }.max() ?? .infinity
            print("\(fit.kernel ?? "") C \(fit.C) gamma \(fit.gamma ?? ""): decision values differ by at most \(worst)")
            #expect(worst < 1e-6)
        }
    }

    @Test func logisticFitAgrees() throws {
        let (goldens, rows) = try ClassicGoldens.load()
        let scaled = try StandardScaler(fitting: rows).transform(rows)
        let samples = try LabelledRows(rows: scaled, labels: goldens.y)
        let fit = try #require(goldens.full_fit.first { $0.estimator == "logistic multinomial" })
        let model = try LogisticRegression.fit(samples, parameters: LogisticParameters(cost: fit.C), threads: 2)
        #expect(model.report.stopReason == .converged)
        #expect(worstDifference(model.intercepts, try #require(fit.intercept)) < 1e-4)
        let norm = model.coefficients.values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        #expect(abs(norm / (try #require(fit.coef_norm)) - 1) < 1e-4)
        let probabilities = try model.probabilities(scaled.selecting(rows: Array(0..<20)), threads: 1)
        let worst = worstDifference(probabilities.values, try #require(fit.proba_first_20_rows).flatMap { $0 })
        print("logistic probabilities differ by at most \(worst) after \(model.report.iterations) steps")
        #expect(worst < 1e-5)
    }

    @Test func foldAccuraciesAgree() throws {
        let (goldens, rows) = try ClassicGoldens.load()
        for (index, test) in SharedData.sampled(Array(goldens.folds.enumerated())).map({ ($0.offset, $0.element) }) {
            let train = rows.selecting(rows: goldens.y.indices.filter { !test.contains($0) })
            let scaler = try StandardScaler(fitting: train)
            let samples = try LabelledRows(
                rows: try scaler.transform(train), labels: goldens.y.indices.filter { !test.contains($0) }.map { goldens.y[$0] })
            let testRows = try scaler.transform(rows.selecting(rows: test))
            for candidate in SharedData.sampled(goldens.candidates.filter { $0.fold_accuracy != nil }) {
                let predicted: [Int]
                if candidate.estimator == "svm" {
                    let parameters = SVMParameters(
                        cost: try #require(candidate.C), kernel: candidate.kernel == "linear" ? .linear : .rbf(gamma: .auto))
                    predicted = try SupportVectorClassifier.fit(samples, parameters: parameters, threads: 2)
                        .predict(testRows, threads: 2)
                } else {
                    guard let objective = candidate.fold_objective?[index] else { continue }
                    let model = try LogisticRegression.fit(
                        samples, parameters: LogisticParameters(cost: candidate.C ?? 0), threads: 2)
                    let relative = abs((model.report.objective ?? 0) / objective - 1)
                    #expect(relative < 1e-6, "C \(candidate.C ?? 0), fold \(index)")
                    predicted = try model.predict(testRows, threads: 2)
                }
                let right = zip(predicted, test).filter { $0 == goldens.y[$1] }.count
                let expected = try #require(candidate.fold_accuracy)[index]
                #expect(right == Int((expected * Double(test.count)).rounded()), "\(candidate), fold \(index)")
            }
        }
    }
}
