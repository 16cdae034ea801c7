/// A signal as the approximation of its coarsest level and the details of all levels, coarsest first.
public struct SignalDecomposition<Scalar> {
    /// Samples of the signal.
    public let count: Int
    /// The approximation of the coarsest level.
    public var approximation: [Scalar]
    /// The details of each level, coarsest first.
    public var details: [[Scalar]]

    /// The parts of a signal of `count` samples, as `WaveletTransform.decompose` gives them.
    public init(count: Int, approximation: [Scalar], details: [[Scalar]]) {
        self.count = count
        self.approximation = approximation
        self.details = details
    }

    /// The number of levels.
    public var levels: Int { details.count }

    /// All coefficients in one array: approximation, then details from coarse to fine.
    public var flattened: [Scalar] { approximation + details.joined() }

    /// The decomposition that `flattened` came from, its band lengths taken from this one.
    /// - Throws: `WaveletError.mismatchedBands` when the number of coefficients differs.
    public func replacing(flattened: [Scalar]) throws(WaveletError) -> SignalDecomposition {
        let total = details.reduce(approximation.count) { $0 + $1.count }
        guard flattened.count == total else {
            throw .mismatchedBands(expected: Size(width: total, height: 1), found: Size(width: flattened.count, height: 1))
        }
        var parts = self
        parts.approximation = Array(flattened[..<approximation.count])
        var start = approximation.count
        for level in details.indices {
            parts.details[level] = Array(flattened[start..<start + details[level].count])
            start += details[level].count
        }
        return parts
    }
}

extension SignalDecomposition: Sendable where Scalar: Sendable {}
extension SignalDecomposition: Equatable where Scalar: Equatable {}
