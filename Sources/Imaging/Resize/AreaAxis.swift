/// The source samples and Float weights of each destination sample of one shrinking axis.
struct AreaAxis {
    /// A run of consecutive source samples: one partly covered, `body` whole ones, one partly covered.
    struct Cell {
        /// The first source sample of the run.
        var start: Int
        /// The weights in order, from `start` on.
        var weights: [Float]
    }

    let cells: [Cell]

    init(from n: Int, to m: Int, scale: Double) {
        var cells: [Cell] = []
        for d in 0..<m {
            let begin = Double(d) * scale
            let end = begin + scale
            let width = min(scale, Double(n) - begin)
            let last = min(Int(end.rounded(.down)), n - 1)
            let first = min(Int(begin.rounded(.up)), last)
            var cell = Cell(start: first, weights: [])
            if Double(first) - begin > 1e-3 {
                cell.start = first - 1
                cell.weights.append(Float((Double(first) - begin) / width))
            }
            cell.weights.append(contentsOf: repeatElement(Float(1 / width), count: last - first))
            if end - Double(last) > 1e-3 {
                cell.weights.append(Float(min(min(end - Double(last), 1), width) / width))
            }
            cells.append(cell)
        }
        self.cells = cells
    }
}
