import Learn
import Testing

@Suite struct MetricsTests {
    private let golden = GeneratedSets.shared.metrics
    private let tolerance = 1e-9  // the fixture keeps ten digits

    private var probabilities: DoubleMatrix { DoubleMatrix(rows: golden.labels.count, columns: 4, values: golden.probabilities) }

    @Test func confusionMeasuresAgree() throws {
        let confusion = try ConfusionMatrix(labels: golden.labels, predictions: probabilities.rowArgmax(), classCount: 4)
        #expect(abs(confusion.accuracy - golden.accuracy) < tolerance)
        #expect(abs(confusion.balancedAccuracy - golden.balanced_accuracy) < tolerance)
        #expect(worstDifference(confusion.measures.map(\.precision), golden.precision) < tolerance)
        #expect(worstDifference(confusion.measures.map(\.recall), golden.recall) < tolerance)
        #expect(worstDifference(confusion.measures.map(\.f1), golden.f1) < tolerance)
        #expect(abs(confusion.macro.f1 - golden.macro_f1) < tolerance)
        #expect(abs(confusion.weighted.f1 - golden.weighted_f1) < tolerance)
        #expect(confusion.total == golden.labels.count)
    }

    @Test func probabilityMeasuresAgree() throws {
        let metrics = try ProbabilityMetrics(probabilities: probabilities, labels: golden.labels)
        #expect(abs(metrics.logLoss - golden.log_loss) < 1e-4)  // scikit-learn divides rows by their sums of 1 ± 1e-5 first
        #expect(abs(metrics.brier - golden.brier) < tolerance)
        #expect(abs(metrics.expectedCalibrationError - golden.calibration_error) < tolerance)
        #expect(abs((metrics.rocAUC ?? 0) - golden.roc_auc) < 1e-4)
        #expect(metrics.bins.reduce(0) { $0 + $1.count } == golden.labels.count)
        let top = try ProbabilityMetrics.topAccuracy(2, probabilities: probabilities, labels: golden.labels)
        #expect(abs(top - golden.top_2) < tolerance)
    }

    @Test func wilsonIntervalIsThatOfTheTextbook() throws {
        // Newcombe (1998), table I: 81 of 263 gives 0.2553 to 0.3662.
        let interval = try Significance.wilson(correct: 81, total: 263)
        #expect(abs(interval.lowerBound - 0.2553) < 5e-5)
        #expect(abs(interval.upperBound - 0.3662) < 5e-5)
        #expect(try Significance.wilson(correct: 0, total: 10).lowerBound == 0)
        #expect(throws: LearnError.self) { try Significance.wilson(correct: 11, total: 10) }
    }

    @Test func mcNemarIsTheExactBinomialTest() throws {
        // 2 against 8 disagreements: 2 * (1 + 10 + 45) / 1024.
        let labels = [Int](repeating: 0, count: 12)
        let first = [0, 0] + [Int](repeating: 1, count: 8) + [0, 1]
        let second = [1, 1] + [Int](repeating: 0, count: 8) + [0, 1]
        #expect(abs(try Significance.mcNemar(labels: labels, first: first, second: second) - 112.0 / 1024) < 1e-12)
        #expect(try Significance.mcNemar(labels: labels, first: first, second: first) == 1)
    }

    @Test func bootstrapCoversAndRepeats() throws {
        let right = (0..<200).map { $0 % 5 == 0 ? 0.0 : 1 }
        func mean(_ rows: [Int]) -> Double { rows.reduce(0) { $0 + right[$1] } / Double(rows.count) }
        let interval = try Significance.bootstrap(rows: 200, seed: 4, measure: mean)
        let wilson = try Significance.wilson(correct: 160, total: 200)
        #expect(interval.contains(0.8))
        #expect(abs(interval.lowerBound - wilson.lowerBound) < 0.02)
        #expect(abs(interval.upperBound - wilson.upperBound) < 0.02)
        #expect(try Significance.bootstrap(rows: 200, seed: 4, measure: mean) == interval)
    }
}
