import Foundation
import Imaging
import Recognition

/// Where the labels' people are, as somebody else saw them.
struct Goldens {
    private struct Line: Decodable {
        var photo: String
        var athlete: [Int]?
    }

    /// The person's box by photo, "label/name".
    let athletes: [String: Rect]

    init(_ file: URL) throws {
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8))
        }
        athletes = Dictionary(
            lines.compactMap { line in
                line.athlete.map { (line.photo, Rect(x: $0[0], y: $0[1], width: $0[2], height: $0[3])) }
            }, uniquingKeysWith: { first, _ in first })
    }

    func isAthlete(_ box: Rect, in photo: String) -> Bool {
        athletes[photo].map { $0.overlap(box) > 0.3 } ?? false
    }
}
