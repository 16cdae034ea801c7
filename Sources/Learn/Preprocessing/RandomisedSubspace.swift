/// The leading right singular directions of a matrix, found in a random subspace.
enum RandomisedSubspace {
    private static let oversampling = 10
    private static let powerSteps = 5

    /// - Returns: squared singular values and directions (as rows), descending, and the sum of squares of all elements.
    /// - Complexity: O(rows * columns * (count + 10)).
    static func components(
        _ centred: Matrix, count: Int, seed: UInt64, threads: Int
    ) throws(LearnError) -> ([Double], DoubleMatrix, Double) {
        let wide = centred.converted(to: Double.self)
        let turned = wide.transposed()
        let size = min(count + oversampling, min(centred.rows, centred.columns))
        var generator = SeededGenerator(seed: seed)
        var basis = DoubleMatrix(
            rows: size, columns: centred.columns, values: (0..<size * centred.columns).map { _ in generator.uniform() - 0.5 })
        for _ in 0...powerSteps {
            var images = try basis.multiplied(byTransposeOf: wide, threads: threads)
            orthonormalise(&images)
            basis = try images.multiplied(byTransposeOf: turned, threads: threads)
            orthonormalise(&basis)
        }
        // In the subspace the problem is small: eigenvectors of (X B)ᵀ(X B).
        let images = try basis.multiplied(byTransposeOf: wide, threads: threads)
        let eigen = try SymmetricEigen(images.multiplied(byTransposeOf: images, threads: threads))
        let directions = try eigen.vectors.multiplied(byTransposeOf: basis.transposed(), threads: threads)
        let total = wide.values.reduce(0) { $0 + $1 * $1 }
        return (eigen.values.prefix(count).map { max(0, $0) }, directions.selecting(rows: Array(0..<min(count, size))), total)
    }
}
