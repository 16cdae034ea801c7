import Support

extension DenseMatrix where Scalar == Float {
    /// The inner products of all rows with each other, A·Aᵀ: a symmetric rows x rows matrix in double precision.
    ///
    /// Products are taken and summed in single precision over runs of 256 columns in eight lanes, the runs then in double
    /// precision: for 4,096 standardised columns the relative error of a diagonal element stays near 1e-8.
    /// - Complexity: O(rows² * columns / 2).
    public func gram(threads: Int = .allCores) -> DoubleMatrix {
        FloatProducts.product(self, self, symmetric: true, threads: threads)
    }

    /// A·Bᵀ: the inner product of every row of this matrix with every row of `other`, in the precision of ``gram(threads:)``.
    /// - Throws: ``LearnError/featureCountMismatch(expected:found:)`` when the column counts differ.
    /// - Complexity: O(rows * other.rows * columns).
    public func multiplied(byTransposeOf other: Matrix, threads: Int = .allCores) throws(LearnError) -> DoubleMatrix {
        guard columns == other.columns else {
            throw LearnError.featureCountMismatch(expected: columns, found: other.columns)
        }
        return FloatProducts.product(self, other, symmetric: false, threads: threads)
    }

    /// A·x: the inner product of every row with `vector`.
    /// - Throws: ``LearnError/featureCountMismatch(expected:found:)`` when the lengths differ.
    /// - Complexity: O(rows * columns).
    public func times(_ vector: [Float], threads: Int = .allCores) throws(LearnError) -> [Double] {
        try multiplied(byTransposeOf: Matrix(rows: 1, columns: vector.count, values: vector), threads: threads).values
    }

    /// The squared Euclidean length of every row.
    /// - Complexity: O(rows * columns).
    public func squaredNorms() -> [Double] {
        (0..<rows).map { row in
            self.row(row).reduce(0) { $0 + Double($1) * Double($1) }
        }
    }
}

extension DenseMatrix where Scalar == Double {
    /// A·Bᵀ in double precision throughout.
    /// - Throws: ``LearnError/featureCountMismatch(expected:found:)`` when the column counts differ.
    /// - Complexity: O(rows * other.rows * columns).
    public func multiplied(byTransposeOf other: DoubleMatrix, threads: Int = .allCores) throws(LearnError) -> DoubleMatrix {
        guard columns == other.columns else {
            throw LearnError.featureCountMismatch(expected: columns, found: other.columns)
        }
        return DoubleProducts.product(self, other, threads: threads)
    }
}
