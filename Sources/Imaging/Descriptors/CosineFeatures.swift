import Foundation

/// The lowest frequencies of a picture's discrete cosine transform.
///
/// With pixels p of a plane of h rows and w columns divided by 255, C(k, l) = a(k, h) a(l, w) times the sum over y, x of
/// p(y, x) cos(pi k (2y + 1) / 2h) cos(pi l (2x + 1) / 2w); a(0, n) = sqrt(1 / n), else sqrt(2 / n): the orthonormal DCT-II
/// of OpenCV's `dct`. Features: C(k, l) for k and l below `count`, row by row.
public struct CosineFeatures: GrayDescriptor, Hashable {
    /// Frequencies along each axis; 1 to 256.
    public let count: Int

    /// - Throws: `DescriptorError.invalidParameter`.
    public init(count: Int = 12) throws(DescriptorError) {
        try DescriptorError.require(1...256 ~= count, "count", count, "1 to 256")
        self.count = count
    }

    /// `count`² features, for pictures of at least `count` pixels a side.
    /// - Throws: `DescriptorError.tooSmall`.
    public func length(for size: Size) throws(DescriptorError) -> Int {
        guard size.width >= count, size.height >= count else {
            throw .tooSmall(found: size, needed: Size(width: count, height: count))
        }
        return count * count
    }

    /// - Complexity: O(pixels x count).
    public func features(of gray: Gray) throws(DescriptorError) -> [Float] {
        _ = try length(for: gray.size)
        let (across, down) = (Self.waves(count, gray.width), Self.waves(count, gray.height))
        return lowFrequencies(gray, down: down, across: across, count: count).map { $0 / 255 }
    }

    /// a(k, n) cos(pi k (2i + 1) / 2n) for each i in 0..<n, the `count` values of k together.
    private static func waves(_ count: Int, _ n: Int) -> [Float] {
        // All of them are among the 4n values of cos(pi m / 2n).
        let circle = (0..<4 * n).map { cos(Double.pi * Double($0) / Double(2 * n)) }
        return (0..<n).flatMap { i in
            (0..<count).map { k in Float((Double(k == 0 ? 1 : 2) / Double(n)).squareRoot() * circle[k * (2 * i + 1) % (4 * n)]) }
        }
    }
}
