import Cascade
import Foundation
import Imaging
import TestSupport
import Testing

/// Faces and the eyes inside them on every shared photo, as OpenCV found them.
@Suite(.enabled(if: SharedData.isPresent, "\(SharedData.absence)"))
struct GoldenTests {
    struct Row: Decodable {
        struct Face: Decodable {
            var box: [Int]
            var eyes: [[Int]]
        }
        var photo: String
        var width: Int
        var height: Int
        var faces: [Face]
    }

    static func rows() throws -> [Row] {
        let text = try String(contentsOf: SharedData.goldens.appendingPathComponent("classic/detections.jsonl"), encoding: .utf8)
        return try text.split(separator: "\n").map { try JSONDecoder().decode(Row.self, from: Data($0.utf8)) }
    }

    @Test func facesAndEyesEqualOpenCVsInOrder() throws {
        let faceCascade = try CascadeClassifier.standard(.frontalFaceDefault)
        let eyeCascade = try CascadeClassifier.standard(.eye)
        for row in SharedData.sampled(try Self.rows()) {
            let gray = try ImageFile.decode(SharedData.bytes(of: row.photo)).grayscale()
            try #require(gray.size == Size(width: row.width, height: row.height), "\(row.photo)")
            let faces = faceCascade.detect(in: gray, scaleFactor: 1.3, minNeighbors: 5, threads: 2)
            #expect(faces.map(\.sides) == row.faces.map(\.box), "\(row.photo)")
            for (face, expected) in zip(faces, row.faces) {
                let eyes = eyeCascade.detect(in: gray.cropped(to: face), scaleFactor: 1.1, minNeighbors: 3)
                #expect(eyes.map(\.sides) == expected.eyes, "\(row.photo), face at \(face)")
            }
        }
    }
}

extension Rect {
    var sides: [Int] { [x, y, width, height] }
}
