import Imaging
import Support

/// The connected components of the similarity of rectangles (see `groupRectangles`).
///
/// Which pairs are compared: rectangles are put into levels by the bit width of width + height. In level l, width + height is
/// below 2^l, so that a side differs from a similar rectangle's of this or a higher level by at most reach(l) = eps 2^l / 2.
/// A level is cut into rows of that height, and a row is sorted by x: partners stand in three rows, each in one run. Equal
/// rectangles, of which a search with a scale factor near 1 finds many, are united first, and compared as one.
struct SimilarityClasses {
    private struct Place {
        var level: Int
        var row: Int
        var rect: Rect
        var index: Int
    }

    private let eps: Double
    private var classes: UnionFind
    /// One of each set of equal rectangles.
    private var places: [Place] = []
    /// Where each level's places begin, and the last one's end.
    private var levels: [Int] = []

    /// - Returns: nil when the watch ended it.
    /// - Complexity: O(n log n + pairs of different rectangles in neighbouring rows within reach).
    init?(_ rects: [Rect], eps: Double, _ watch: SearchWatch) {
        self.eps = eps
        classes = UnionFind(count: rects.count)
        if watch.hasEnded() { return nil }
        sort(rects)
        for at in places.indices {
            if watch.hasEnded() { return nil }
            uniteSimilar(at)
        }
    }

    /// Each rectangle's class, numbered by first member.
    mutating func labels() -> [Int] { classes.groups() }

    private mutating func sort(_ rects: [Rect]) {
        var all: [Place] = []
        all.reserveCapacity(rects.count)
        for (index, rect) in rects.enumerated() {
            let level = Int.bitWidth - max(rect.width + rect.height, 0).leadingZeroBitCount
            all.append(Place(level: level, row: row(of: rect.y, level), rect: rect, index: index))
        }
        all.sort {
            ($0.level, $0.row, $0.rect.x, $0.rect.y, $0.rect.width, $0.rect.height)
                < ($1.level, $1.row, $1.rect.x, $1.rect.y, $1.rect.width, $1.rect.height)
        }
        for place in all {
            if let last = places.last, last.rect == place.rect, areSimilar(last.rect, place.rect) {
                classes.join(last.index, place.index)
            } else {
                places.append(place)
            }
        }
        levels = (0...(places.last?.level ?? 0) + 1).map { level in firstPlace(in: places.indices) { $0.level >= level } }
    }

    private func reach(_ level: Int) -> Double { eps * Double(sign: .plus, exponent: level - 1, significand: 1) }

    private func row(of y: Int, _ level: Int) -> Int {
        let height = Int(min(reach(level), 0x1p60)) + 1
        return y >= 0 ? y / height : (y + 1) / height - 1
    }

    /// Unites a rectangle with the similar ones behind it in its level, and in the lower levels.
    private mutating func uniteSimilar(_ at: Int) {
        let place = places[at]
        uniteSimilar(place, from: at + 1, row: place.row, place.level)
        uniteSimilar(place, row: place.row + 1, place.level)
        // Widths and heights differ by at most twice the reach: width + height by a factor of at most 1 + 2 eps.
        var level = place.level - 1
        while level >= 0, Double(sign: .plus, exponent: place.level - 1 - level, significand: 1) <= 1 + 2 * eps {
            let middle = row(of: place.rect.y, level)
            for row in middle - 1...middle + 1 { uniteSimilar(place, row: row, level) }
            level -= 1
        }
    }

    private mutating func uniteSimilar(_ place: Place, row: Int, _ level: Int) {
        let left = place.rect.x - Int(min(reach(level), 0x1p60))
        let start = firstPlace(in: levels[level]..<levels[level + 1]) { ($0.row, $0.rect.x) >= (row, left) }
        uniteSimilar(place, from: start, row: row, level)
    }

    private mutating func uniteSimilar(_ place: Place, from start: Int, row: Int, _ level: Int) {
        let right = place.rect.x + Int(min(reach(level), 0x1p60))
        var at = start
        while at < levels[level + 1], places[at].row == row, places[at].rect.x <= right {
            if areSimilar(place.rect, places[at].rect) { classes.join(place.index, places[at].index) }
            at += 1
        }
    }

    /// The first place in a sorted range from which on the condition holds.
    private func firstPlace(in range: Range<Int>, _ holds: (Place) -> Bool) -> Int {
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high {
            let middle = (low + high) / 2
            if holds(places[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private func areSimilar(_ a: Rect, _ b: Rect) -> Bool {
        let delta = eps * Double(min(a.width, b.width) + min(a.height, b.height)) * 0.5
        return Double(abs(a.x - b.x)) <= delta && Double(abs(a.y - b.y)) <= delta && Double(abs(a.maxX - b.maxX)) <= delta
            && Double(abs(a.maxY - b.maxY)) <= delta
    }
}
