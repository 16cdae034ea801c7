extension RandomisedSubspace {
    /// Makes rows orthonormal (Gram and Schmidt, twice over, so that rounding leaves no trace of the earlier rows); a row that
    /// depends on the earlier ones becomes zero.
    static func orthonormalise(_ matrix: inout DoubleMatrix) {
        let (rows, columns) = (matrix.rows, matrix.columns)
        matrix.withMutableValues { values in
            for row in 0..<rows {
                let own = values + row * columns
                let before = length(own, columns)
                for _ in 0..<2 {
                    for earlier in 0..<row {
                        let other = values + earlier * columns
                        var product = 0.0
                        for column in 0..<columns { product += own[column] * other[column] }
                        for column in 0..<columns { own[column] -= product * other[column] }
                    }
                }
                let after = length(own, columns)
                let factor = after > before * 1e-12 ? 1 / after : 0
                for column in 0..<columns { own[column] *= factor }
            }
        }
    }

    private static func length(_ vector: UnsafeMutablePointer<Double>, _ count: Int) -> Double {
        var squares = 0.0
        for index in 0..<count { squares += vector[index] * vector[index] }
        return squares.squareRoot()
    }
}
