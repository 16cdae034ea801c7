import Foundation
import Learn
import TestSupport

/// The classic rows and scikit-learn's results on them.
struct ClassicGoldens: Decodable {
    struct Candidate: Decodable {
        var estimator: String
        var kernel: String?
        var solver: String?
        var C: Double?
        var trees: Int?
        var fold_accuracy: [Double]?
        var fold_objective: [Double]?
        var mean: Double
    }
    struct FullFit: Decodable {
        var estimator: String
        var kernel: String?
        var C: Double
        var gamma: String?
        var n_support: [Int]?
        var support: [Int]?
        var decision_ovo_first_20_rows: [[Double]]?
        var intercept: [Double]?
        var coef_norm: Double?
        var proba_first_20_rows: [[Double]]?
    }
    var classes: [String]
    var y: [Int]
    var folds: [[Int]]
    var candidates: [Candidate]
    var full_fit: [FullFit]

    static func load() throws -> (goldens: ClassicGoldens, rows: Matrix) {
        let folder = SharedData.goldens.appendingPathComponent("classic")
        let goldens = try JSONDecoder().decode(
            ClassicGoldens.self, from: Data(contentsOf: folder.appendingPathComponent("sklearn.json")))
        let bytes = [UInt8](try Data(contentsOf: folder.appendingPathComponent("features.u8")))
        return (goldens, Matrix(rows: goldens.y.count, columns: bytes.count / goldens.y.count, bytes: bytes))
    }
}
