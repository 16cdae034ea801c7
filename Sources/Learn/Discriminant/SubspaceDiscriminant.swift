import Support

/// A trained linear discriminant analysis that keeps only the directions in which classes differ most.
///
/// A row x has the coordinates z = D·x; the score of class k is m(k)·z + b(k), its log-posterior up to a constant of the row, for classes
/// that are normal clouds of one common shape. Reading a row costs directions x columns, however many classes there are.
public struct SubspaceDiscriminant: Classifier {
    /// D: directions x columns. Along them the classes have unit spread.
    public let directions: Matrix
    /// m: classes x directions, the classes' means less the mean of all.
    public let means: DoubleMatrix
    /// b: one a class.
    public let intercepts: [Double]

    /// Labels are 0..<classCount.
    public var classCount: Int { means.rows }
    /// Columns that rows must have.
    public var featureCount: Int { directions.columns }

    init(directions: Matrix, means: DoubleMatrix, intercepts: [Double]) {
        self.directions = directions
        self.means = means
        self.intercepts = intercepts
    }

    /// Learns in the span of evenly spread rows.
    /// - Throws: ``LearnError/invalidParameter(name:value:allowed:)``, ``LearnError/constantFeatures(columns:)`` where the classes do not
    ///   differ.
    /// - Complexity: O(rows * m * (columns + m) + m³ + classes³) for m landmarks.
    public static func fit(
        _ samples: LabelledRows, parameters: SubspaceDiscriminantParameters, threads: Int
    ) throws(LearnError) -> Self {
        try parameters.validate()
        let space = LandmarkRows(
            samples.rows.selecting(rows: LandmarkRows.spread(parameters.landmarks, over: samples.rows.rows)), threads: threads)
        let products = try space.products(of: samples.rows, threads: threads)
        let moments = ClassMoments(
            columns: space.count, labels: samples.labels, classCount: samples.classCount, threads: threads
        ) { products.selecting(rows: Array($0)) }
        let solution = try DiscriminantSolution(
            moments, gram: space.gram, landmarks: Array(0..<space.count), parameters: parameters, threads: threads)
        return solution.model(space, threads: threads)
    }

    /// - Complexity: O(rows * directions * (columns + classes)).
    public func scores(_ rows: Matrix, threads: Int) throws(LearnError) -> DoubleMatrix {
        // The larger side first: it is what threads share.
        let coordinates =
            rows.rows < directions.rows
            ? try directions.multiplied(byTransposeOf: rows, threads: threads).transposed()
            : try rows.multiplied(byTransposeOf: directions, threads: threads)
        return try Self.scores(coordinates: coordinates, means: means, intercepts: intercepts, threads: threads)
    }

    static func scores(
        coordinates: DoubleMatrix, means: DoubleMatrix, intercepts: [Double], threads: Int
    ) throws(LearnError) -> DoubleMatrix {
        var scores = try coordinates.multiplied(byTransposeOf: means, threads: threads)
        for row in 0..<scores.rows {
            for (label, intercept) in intercepts.enumerated() { scores[row, label] += intercept }
        }
        return scores
    }

    /// The class with the highest score; the first of equals.
    public func predict(_ rows: Matrix, threads: Int) throws(LearnError) -> [Int] {
        try scores(rows, threads: threads).rowArgmax()
    }
}
