import Learn

/// The coordinates in which faces are compared for picking: a face's features, blocks of equal weight, in the span of a few faces.
package struct PickingSpace: Sendable {
    /// So many coordinates tell hundreds of people apart; fewer faces have fewer.
    package static let coordinates = 320
    /// The most faces that a space is made of.
    package static let sampledFaces = LandmarkSpace.searchedRows

    private let normaliser: BlockNormaliser
    private let landmarks: LandmarkSpace
    private let scale: Float

    /// - Parameter sample: features of faces, all of them or evenly spread ones.
    /// - Throws: `LearnError` for features of several lengths, or that do not vary.
    package init(of sample: Matrix, blockLengths: [Int], threads: Int) throws(LearnError) {
        normaliser = try BlockNormaliser(fitting: sample, lengths: blockLengths)
        // The normaliser gives each block a mean square of 1; together they shall have it.
        scale = 1 / Float(blockLengths.count).squareRoot()
        landmarks = try LandmarkSpace(
            among: Self.scaled(try normaliser.transform(sample), by: scale), count: Self.coordinates, threads: threads)
    }

    /// How many coordinates there are.
    package var count: Int { landmarks.count }

    /// The coordinates of faces, a row each.
    /// - Complexity: O(faces * features * coordinates).
    package func coordinates(of features: Matrix, threads: Int) throws(LearnError) -> Matrix {
        let rows = Self.scaled(try normaliser.transform(features), by: scale)
        return try landmarks.coordinates(of: rows, threads: threads).converted(to: Float.self)
    }

    private static func scaled(_ rows: Matrix, by scale: Float) -> Matrix {
        Matrix(rows: rows.rows, columns: rows.columns, values: rows.values.map { $0 * scale })
    }
}
