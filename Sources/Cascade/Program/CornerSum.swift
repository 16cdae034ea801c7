import Imaging

/// A feature as a weighted sum of table entries: every rectangle contributes its four corners, and corners that rectangles
/// share are added up.
///
/// All weights in the known cascades are small whole numbers, so that the sum is a whole number too, and the same as OpenCV's
/// sum of Float products as long as every partial sum stays below 2^24, where Floats still hold all whole numbers.
struct CornerSum {
    struct Corner: Equatable {
        var x: Int
        var y: Int
        var weight: Int
    }

    /// By row, then column; none has weight 0.
    private(set) var corners: [Corner] = []
    let isTilted: Bool
    /// Whether the sum of every possible window lies in -32,768...32,767, so that it can be computed modulo 2^16.
    private(set) var fitsInt16 = false

    /// Nil when a weight is not whole or a sum may pass 2^24: such a feature is evaluated in Float.
    init?(_ feature: HaarFeature) {
        isTilted = feature.isTilted
        var most = 0
        for part in feature.rects {
            guard abs(part.weight) < 0x1p24, let weight = Int(exactly: part.weight) else { return nil }
            let (x, y, w, h) = (part.rect.x, part.rect.y, part.rect.width, part.rect.height)
            add(x, y, weight)
            if feature.isTilted {
                add(x - h, y + h, -weight)
                add(x + w, y + w, -weight)
                add(x + w - h, y + w + h, weight)
            } else {
                add(x + w, y, -weight)
                add(x, y + h, -weight)
                add(x + w, y + h, weight)
            }
            most += abs(weight) * 255 * (feature.isTilted ? 2 * w * h : w * h)
            guard most < 1 << 24 else { return nil }
        }
        corners.removeAll { $0.weight == 0 }
        corners.sort { ($0.y, $0.x) < ($1.y, $1.x) }
        fitsInt16 = most <= 32767 || (!isTilted && Self.extremesFitInt16(feature))
    }

    private mutating func add(_ x: Int, _ y: Int, _ weight: Int) {
        if let known = corners.firstIndex(where: { $0.x == x && $0.y == y }) {
            corners[known].weight += weight
        } else {
            corners.append(Corner(x: x, y: y, weight: weight))
        }
    }

    /// The extremes are reached when all pixels of positive total weight are white and the others black, or the other way round.
    /// Rectangles cut each other into cells of equal weight, at most 5 x 5.
    private static func extremesFitInt16(_ feature: HaarFeature) -> Bool {
        let xs = Set(feature.rects.flatMap { [$0.rect.x, $0.rect.maxX] }).sorted()
        let ys = Set(feature.rects.flatMap { [$0.rect.y, $0.rect.maxY] }).sorted()
        var light = 0, dark = 0
        for (top, bottom) in zip(ys, ys.dropFirst()) {
            for (left, right) in zip(xs, xs.dropFirst()) {
                let cell = Rect(x: left, y: top, width: right - left, height: bottom - top)
                let weight = feature.rects.reduce(0) { $0 + ($1.rect.contains(cell) ? Int($1.weight) : 0) }
                if weight > 0 { light += weight * cell.area } else { dark -= weight * cell.area }
            }
        }
        return max(light, dark) * 255 <= 32767
    }
}

/// The layout of a feature's corners, where it is one of the usual ones.
///
/// Each usual layout is the product of a pattern over rows and one over columns, up to the sign: two rectangles side by side
/// are (1, -1) over rows times (1, -2, 1) over columns, three are (1, -3, 3, -1), four like a chess board (1, -2, 1) twice.
enum CornerLayout: UInt8 {
    /// Rows (1, -1), columns (1, -2, 1).
    case twoAcross
    /// Rows (1, -2, 1), columns (1, -1).
    case twoDown
    /// Rows (1, -1), columns (1, -3, 3, -1).
    case threeAcross
    /// Rows (1, -3, 3, -1), columns (1, -1).
    case threeDown
    /// Rows and columns (1, -2, 1).
    case chequered
    /// Any other.
    case other

    fileprivate static let patterns: [(layout: CornerLayout, rows: [Int], columns: [Int])] = [
        (.twoAcross, [1, -1], [1, -2, 1]), (.twoDown, [1, -2, 1], [1, -1]), (.threeAcross, [1, -1], [1, -3, 3, -1]),
        (.threeDown, [1, -3, 3, -1], [1, -1]), (.chequered, [1, -2, 1], [1, -2, 1]),
    ]
}

extension CornerSum {
    /// The layout, with the corners' rows and columns, and whether all weights have the opposite sign of the layout's.
    func layout() -> (layout: CornerLayout, rows: [Int], columns: [Int], isNegated: Bool) {
        guard !isTilted, let first = corners.first else { return (.other, [], [], false) }
        let columns = corners.prefix { $0.y == first.y }.map(\.x)
        let rows = stride(from: 0, to: corners.count, by: columns.count).map { corners[$0].y }
        for pattern in CornerLayout.patterns where pattern.rows.count == rows.count && pattern.columns.count == columns.count {
            guard corners.count == rows.count * columns.count else { continue }
            let sign = first.weight < 0 ? -1 : 1
            var matches = true
            for (index, corner) in corners.enumerated() {
                let (r, c) = index.quotientAndRemainder(dividingBy: columns.count)
                matches =
                    matches && corner.y == rows[r] && corner.x == columns[c]
                    && corner.weight == sign * pattern.rows[r] * pattern.columns[c]
            }
            if matches { return (pattern.layout, rows, columns, sign < 0) }
        }
        return (.other, [], [], false)
    }
}
