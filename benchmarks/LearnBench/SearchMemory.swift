import Learn

/// What bounding a search's memory does to the process: 1,000 generated rows of 512 columns in ten classes, five folds, support
/// vector machines of three kernels, whose matrices are what a search needs most memory for.
enum SearchMemory {
    /// - Returns: JSON fields: the process's peak before the search, what the search added to it, and the candidates' means.
    static func run(megabytes: Int, threads: Int) throws -> String {
        var generator = SeededGenerator(seed: 1)
        let labels = (0..<1000).map { $0 % 10 }
        var rows = Matrix(rows: 1000, columns: 512)
        for (row, label) in labels.enumerated() {
            for column in 0..<512 {
                let shift: Float = column % 10 == label ? 0.2 : 0
                rows[row, column] = Float(generator.uniform()) + shift
            }
        }
        let kernels = [KernelFunction.rbf(gamma: .auto), .rbf(gamma: .value(0.01)), .polynomial(degree: 3, gamma: .auto, coefficient: 1)]
        let folds = try Folds.stratified(labels: labels, count: 5)
        let before = try LearnBench.peakMegabytes()
        let result = try GridSearch(threads: threads, memoryMegabytes: megabytes)
            .run(candidates: kernels.map { Candidate(.svm(SVMParameters(kernel: $0))) }, rows: rows, labels: labels, folds: folds)
        let peak = try LearnBench.peakMegabytes()
        let means = result.candidates.map { "\($0.mean)" }.joined(separator: ",")
        return "\"memory_mb\":\(megabytes),\"before_mb\":\(before),\"search_mb\":\(peak - before),\"means\":[\(means)]"
    }
}
