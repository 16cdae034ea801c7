import Cascade
import Foundation
import Imaging
import TestSupport
import Testing

/// All standard cascades on drawn pictures, with the levels and weights of OpenCV's detectMultiScale3
/// (Fixtures/synthetic.json, made by make_synthetic.py).
@Suite struct SyntheticGoldenTests {
    struct Row: Decodable {
        var cascade: String
        var cell: Int
        var seed: UInt64
        var scaleFactor: Double
        var minNeighbors: Int
        var rects: [[Int]]
        var levels: [Int]
        var weights: [Double]
    }

    @Test func rectanglesLevelsAndWeightsEqualOpenCVs() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures/synthetic.json")
        let rows = try JSONDecoder().decode([Row].self, from: Data(contentsOf: file))
        try #require(rows.count == 22 * 6)
        for row in SharedData.sampled(rows) {
            let cascade = try CascadeClassifier.standard(#require(StandardCascade(named: row.cascade)))
            let picture = Synthetic.clouds(width: 301, height: 227, cell: row.cell, seed: row.seed)
            let parameters = try DetectionParameters(scaleFactor: row.scaleFactor, minNeighbors: row.minNeighbors, threads: 2)
            let found = try cascade.detections(in: picture, parameters)
            #expect(found.map(\.rect.sides) == row.rects, "\(row.cascade), cell \(row.cell), \(row.scaleFactor)")
            #expect(found.map(\.level) == row.levels)
            #expect(found.map(\.weight) == row.weights)
        }
    }
}
