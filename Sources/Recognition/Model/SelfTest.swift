import Imaging
import Learn

/// Drawn crops whose features and probabilities a model file stores: whoever loads the file computes them anew and compares.
///
/// The crops are patterns, nobody's face. Features are compared bit for bit, probabilities to 1e-9: their exponentials come
/// from the system's mathematics library.
struct SelfTest: Sendable, Equatable {
    static let tolerance = 1e-9

    /// A row a crop.
    let features: Matrix
    let probabilities: DoubleMatrix

    /// The patterns: even and odd sides, smaller and larger than the features' own picture, with eyes and without.
    static let crops: [(picture: Image, eyes: [Rect])] = [
        (pattern(width: 64, height: 64, step: 3), []),
        (
            pattern(width: 97, height: 113, step: 5),
            [Rect(x: 18, y: 36, width: 24, height: 24), Rect(x: 57, y: 32, width: 25, height: 25)]
        ),
        (pattern(width: 31, height: 45, step: 11), []),
    ]

    init(features: Matrix, probabilities: DoubleMatrix) {
        self.features = features
        self.probabilities = probabilities
    }

    /// Computes the vectors with a model.
    init(of classifier: CalibratedClassifier, extractor: FeatureExtractor) throws {
        let features = try Matrix(SelfTest.crops.map { try extractor.vector(of: $0.picture, eyes: $0.eyes) })
        self.init(features: features, probabilities: try classifier.probabilities(features, threads: 1))
    }

    /// - Throws: `RecognitionError.selfTestFailed` with the first vector that differs.
    func check(_ classifier: CalibratedClassifier, extractor: FeatureExtractor) throws {
        let found = try SelfTest(of: classifier, extractor: extractor)
        for row in 0..<probabilities.rows {
            let expected = Array(probabilities.row(row))
            let now = Array(found.probabilities.row(row))
            let isNear = zip(expected, now).allSatisfy { abs($0 - $1) <= SelfTest.tolerance }
            guard isNear, features.row(row) == found.features.row(row) else {
                throw RecognitionError.selfTestFailed(vector: row, expected: expected, found: now)
            }
        }
    }

    private static func pattern(width: Int, height: Int, step: Int) -> Image {
        var pixels: [UInt8] = []
        for y in 0..<height {
            for x in 0..<width {
                let ring = (x - width / 2) * (x - width / 2) + (y - height / 2) * (y - height / 2)
                pixels.append(UInt8(truncatingIfNeeded: ring / (7 * step)))
                pixels.append(UInt8(truncatingIfNeeded: (x * y) / step))
                pixels.append(UInt8(truncatingIfNeeded: x * step + (y ^ x)))
            }
        }
        return Image(width: width, height: height, pixels: pixels)
    }
}
