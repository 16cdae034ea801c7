import Foundation
import Imaging

/// What is known of the faces of a photo: a line of `athletes.jsonl`.
struct GoldenFaces: Decodable {
    /// "label/name" inside the folder of photos.
    var photo: String
    var label: String
    /// x, y, width, height of the face that the label names; nil where it is not known.
    var athlete: [Double]?
    var others: [[Double]]

    /// The boxes of all known faces.
    var boxes: [[Double]] { (athlete.map { [$0] } ?? []) + others }

    static func read(_ path: String) throws -> [GoldenFaces] {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map {
            try JSONDecoder().decode(GoldenFaces.self, from: Data($0.utf8))
        }
    }
}

/// Intersection over union of two boxes given as x, y, width, height.
func overlap(_ a: [Double], _ b: [Double]) -> Double {
    let width = max(min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0]), 0)
    let height = max(min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1]), 0)
    let both = width * height
    return both / (a[2] * a[3] + b[2] * b[3] - both)
}

extension Rect {
    var numbers: [Double] { [Double(x), Double(y), Double(width), Double(height)] }
}
