import Foundation
import Learn
import Testing

@Suite struct CalibrationTests {
    private let golden = GeneratedSets.shared.calibration

    /// Two columns of scores, -s and s, of which the second is the fixture's.
    private var scores: DoubleMatrix {
        DoubleMatrix(rows: golden.scores.count, columns: 2, values: golden.scores.flatMap { [-$0, $0] })
    }

    @Test func plattAgrees() throws {
        guard case .platt(let slopes, let offsets) = try Calibration.fit(.platt, scores: scores, labels: golden.targets) else {
            Issue.record("another method")
            return
        }
        #expect(abs(slopes[1] - golden.platt_slope) < 1e-4)  // scikit-learn's solver stops at its default tolerance
        #expect(abs(offsets[1] - golden.platt_offset) < 1e-4)
    }

    @Test func isotonicAgrees() throws {
        guard case .isotonic(let curves) = try Calibration.fit(.isotonic, scores: scores, labels: golden.targets) else {
            Issue.record("another method")
            return
        }
        #expect(worstDifference(golden.queries.map(curves[1].value(at:)), golden.isotonic) < 1e-7)
    }

    @Test func temperatureMinimisesTheSoftenedLoss() throws {
        guard case .temperature(let factor) = try Calibration.fit(.temperature, scores: scores, labels: golden.targets) else {
            Issue.record("another method")
            return
        }
        let count = Double(golden.targets.count)
        func loss(_ factor: Double) -> Double {
            zip(golden.scores, golden.targets).reduce(0) { sum, row in
                let own = row.1 == 1 ? row.0 : -row.0
                let miss = log1p(exp(-2 * factor * own))
                return sum + (count + 1) / (count + 2) * miss + 1 / (count + 2) * (2 * factor * own + miss)
            }
        }
        #expect(loss(factor) <= loss(factor * 1.001))
        #expect(loss(factor) <= loss(factor * 0.999))
    }

    @Test func probabilitiesSumToOneHoweverLargeTheScores() throws {
        let wild = DoubleMatrix(rows: 3, columns: 3, values: [1e6, -1e6, 0, -1e6, -1e6, -1e6, 0, 0, 0])
        for calibration in [Calibration.temperature(factor: 1000), .platt(slopes: [1, 1, 1], offsets: [0, 0, 0])] {
            let probabilities = calibration.probabilities(wild)
            for row in 0..<3 { #expect(abs(probabilities.row(row).reduce(0, +) - 1) < 1e-12) }
            #expect(probabilities.rowArgmax() == [0, 0, 0])
        }
    }

    @Test func isotonicAsksForEnoughRows() {
        #expect(throws: LearnError.tooFewInClass(label: 0, found: 1, needed: 30, unit: "rows")) {
            try Calibration.fit(.isotonic, scores: DoubleMatrix(rows: 2, columns: 2), labels: [0, 1])
        }
    }
}
