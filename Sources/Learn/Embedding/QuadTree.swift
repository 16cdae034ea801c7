/// Points of a plane in nested squares, each with its points' count and centre of mass.
package struct QuadTree: Sendable {
    private struct Cell: Sendable {
        var sum = SIMD2<Double>.zero
        var count = 0
        /// Its four quarters stand one after the other from here; negative for a cell that has none.
        var children = -1
        /// The points of a cell without quarters are `order[first..<first + count]`.
        var first = 0
        var side = 0.0
    }

    /// A cell with so few points is not divided, nor one so deep: points in one place cannot be told apart.
    private static let fewPoints = 4
    private static let deepest = 48

    private let points: [SIMD2<Double>]
    private var cells: [Cell] = []
    private var order: [Int]

    /// - Complexity: O(n log n) for points that spread.
    package init(_ points: [SIMD2<Double>]) {
        self.points = points
        order = Array(points.indices)
        guard let any = points.first else { return }
        let (low, high) = points.reduce((any, any)) { (pointwiseMin($0.0, $1), pointwiseMax($0.1, $1)) }
        let side = max((high - low).max(), .leastNormalMagnitude)
        cells.append(Cell())
        divide(0, order.indices, corner: low, side: side, depth: 0)
    }

    private mutating func divide(_ cell: Int, _ range: Range<Int>, corner: SIMD2<Double>, side: Double, depth: Int) {
        cells[cell].count = range.count
        cells[cell].first = range.lowerBound
        cells[cell].side = side
        cells[cell].sum = order[range].reduce(.zero) { $0 + points[$1] }
        guard range.count > Self.fewPoints, depth < Self.deepest else { return }
        let half = side / 2
        let centre = corner + half
        // A stable split by quarter keeps sums in the order of the points.
        var quarters = [[Int]](repeating: [], count: 4)
        for index in order[range] {
            quarters[(points[index].x >= centre.x ? 1 : 0) + (points[index].y >= centre.y ? 2 : 0)].append(index)
        }
        let children = cells.count
        cells[cell].children = children
        cells += [Cell](repeating: Cell(), count: 4)
        var start = range.lowerBound
        for (quarter, members) in quarters.enumerated() {
            let part = start..<start + members.count
            order.replaceSubrange(part, with: members)
            start = part.upperBound
            let offset = SIMD2(quarter & 1 == 1 ? half : 0, quarter & 2 == 2 ? half : 0)
            divide(children + quarter, part, corner: corner + offset, side: half, depth: depth + 1)
        }
    }

    /// Σ w² (y - y_j) and Σ w over all other points, w = 1 / (1 + |y - y_j|²); far cells count as all their points in their centre.
    /// - Parameter theta: a cell is far where its side is less than `theta` times its centre's distance.
    /// - Complexity: O(log n) for points that spread.
    package func repulsion(at index: Int, theta: Double) -> (force: SIMD2<Double>, weight: Double) {
        let point = points[index]
        var force = SIMD2<Double>.zero
        var sum = 0.0
        var stack = [0]
        while let place = stack.popLast() {
            let cell = cells[place]
            guard cell.count > 0 else { continue }
            let difference = point - cell.sum / Double(cell.count)
            let distance = (difference * difference).sum()
            if cell.side * cell.side < theta * theta * distance {
                let weight = 1 / (1 + distance)
                force += Double(cell.count) * weight * weight * difference
                sum += Double(cell.count) * weight
            } else if cell.children >= 0 {
                // Quarters in reverse, so that they are looked at in their order.
                for quarter in stride(from: 3, through: 0, by: -1) { stack.append(cell.children + quarter) }
            } else {
                for other in order[cell.first..<cell.first + cell.count] where other != index {
                    let difference = point - points[other]
                    let weight = 1 / (1 + (difference * difference).sum())
                    force += weight * weight * difference
                    sum += weight
                }
            }
        }
        return (force, sum)
    }
}
