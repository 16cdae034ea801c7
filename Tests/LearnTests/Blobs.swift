import Learn

/// Generated rows: one cloud of points a class, around centres drawn at random.
struct Blobs {
    var rows: Matrix
    var labels: [Int]

    /// - Parameter spread: standard deviation of a cloud, the centres' own being 1.
    init(sizes: [Int], columns: Int, spread: Double, seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + generator.uniform() } }
        let centres = sizes.map { _ in (0..<columns).map { _ in normal() } }
        var values: [Float] = []
        var labels: [Int] = []
        for (label, size) in sizes.enumerated() {
            for _ in 0..<size {
                values += centres[label].map { Float($0 + spread * normal()) }
                labels.append(label)
            }
        }
        rows = Matrix(rows: labels.count, columns: columns, values: values)
        self.labels = labels
    }
}
