import Foundation
import Learn
import Testing

/// Fixtures/generated.json: four generated sets with scikit-learn's results on them.
struct GeneratedSets: Decodable {
    struct Machine: Decodable {
        var kernel: String
        var C: Double
        var balanced: Bool
        var objective: Double
        var decisions: [Double]
        var predictions: [Int]
    }
    struct Logistic: Decodable {
        var C: Double
        var form: String
        var balanced: Bool
        var objective: Double
        var coefficients: [Double]
        var intercepts: [Double]
        var probabilities: [Double]
    }
    struct Scaler: Decodable {
        var mean: [Double]
        var scale: [Double]
    }
    struct Linear: Decodable {
        var C: Double
        var coefficients: [Double]
        var intercepts: [Double]
    }
    struct Components: Decodable {
        var variance: [Double]
        var first_rows: [Double]
        var for_90_percent: Int
    }
    struct ForestScore: Decodable {
        var mean: Double
        var deviation: Double
    }
    struct Entry: Decodable, Sendable, CustomTestStringConvertible {
        var name: String
        var columns: Int
        var rows: [Float]
        var labels: [Int]
        var scaler: Scaler
        var machines: [Machine]
        var logistic: [Logistic]
        var linear: Linear
        var pca: Components
        var lda: [Double]
        var neighbours: [Double]
        var folds: [[Int]]
        var shuffled_labels: [Int]
        var shuffled_folds: [[Int]]
        var groups: [Int]
        var grouped_folds: [[Int]]
        var forests: [String: ForestScore]

        var testDescription: String { name }
        var matrix: Matrix { Matrix(rows: labels.count, columns: columns, values: rows) }
        func samples() throws -> LabelledRows { try LabelledRows(rows: matrix, labels: labels) }
    }
    struct Metrics: Decodable {
        var labels: [Int]
        var probabilities: [Double]
        var accuracy: Double
        var balanced_accuracy: Double
        var precision: [Double]
        var recall: [Double]
        var f1: [Double]
        var macro_f1: Double
        var weighted_f1: Double
        var log_loss: Double
        var brier: Double
        var calibration_error: Double
        var roc_auc: Double
        var top_2: Double
    }
    struct Calibration: Decodable {
        var scores: [Double]
        var targets: [Int]
        var platt_slope: Double
        var platt_offset: Double
        var queries: [Double]
        var isotonic: [Double]
    }
    var sets: [Entry]
    var metrics: Metrics
    var calibration: Calibration

    static let shared: GeneratedSets = {
        guard let url = Bundle.module.url(forResource: "Fixtures/generated", withExtension: "json"),
            let data = try? Data(contentsOf: url), let sets = try? JSONDecoder().decode(GeneratedSets.self, from: data)
        else { preconditionFailure("the fixture generated.json is missing or damaged") }
        return sets
    }()
}

/// The largest difference of two lists; infinite when they are not equally long.
func worstDifference(_ found: [Double], _ expected: [Double]) -> Double {
    found.count == expected.count ? zip(found, expected).reduce(0) { max($0, abs($1.0 - $1.1)) } : .infinity
}
