import Foundation
import Imaging
import Learn
import Recognition

/// The crops that a person found right, with the folds that recipes are compared on.
struct Yardstick {
    struct Crop {
        var picture: Image
        var eyes: [Rect]
    }

    let labels: [String]
    let crops: [Crop]
    /// Each crop's place in `labels`.
    let classes: [Int]
    /// Each crop's near-duplicate group.
    let groups: [Int]
    /// Ten folds a repeat; no group lies on both sides of one.
    let repeats: [[Fold]]

    private struct Rows: Decodable {
        struct Row: Decodable {
            var photo: String
            var box: [Int]
            var label: String
        }
        var rows: [Row]
    }

    private struct Groups: Decodable {
        var group: [Int]
        var right_rows: [Int]
        var folds_3x10_test_rows: [[[Int]]]
    }

    /// Reads `goldens/classic/rows.json`, `goldens/groups.json` and the photos they name.
    init(folder: URL) throws {
        func read<T: Decodable>(_ path: String, _ type: T.Type) throws -> T {
            try JSONDecoder().decode(type, from: Data(contentsOf: folder.appendingPathComponent(path)))
        }
        let rows = try read("goldens/classic/rows.json", Rows.self).rows
        let grouping = try read("goldens/groups.json", Groups.self)
        let finder = try FaceFinder(recipe: .best)
        let right = grouping.right_rows
        crops = try right.map { row in
            let photo = folder.appendingPathComponent("photos/\(rows[row].photo)")
            let image = try ImageFile.decode(try FileBytes.read(photo))
            let box = rows[row].box
            let picture = image.cropped(to: Rect(x: box[0], y: box[1], width: box[2], height: box[3]))
            return Crop(picture: picture, eyes: try finder.eyes(in: picture.grayscale()))
        }
        let labels = Set(right.map { rows[$0].label }).sorted()
        self.labels = labels
        classes = right.map { labels.firstIndex(of: rows[$0].label)! }
        groups = right.map { grouping.group[$0] }
        let place = Dictionary(uniqueKeysWithValues: right.enumerated().map { ($1, $0) })
        repeats = grouping.folds_3x10_test_rows.map { folds in
            folds.map { rows in
                let test = rows.map { place[$0]! }
                return Fold(train: right.indices.filter { !test.contains($0) }, test: test)
            }
        }
    }

    /// The right answers of each repeat, as `right` counts them in each of its folds.
    func correct(_ right: (Fold) throws -> Int) rethrows -> [Int] {
        try repeats.map { folds in try folds.reduce(0) { try $0 + right($1) } }
    }
}
