import Imaging

/// How a photo is searched; a value of this type is valid.
public struct DetectionParameters: Hashable, Sendable {
    /// The ratio of one window size to the next smaller one, above 1.
    public let scaleFactor: Double
    /// A group of overlapping hits counts when it has more than this many; 0 returns every single hit.
    public let minNeighbors: Int
    /// Smaller windows are not searched, in pixels.
    public let minSize: Size
    /// Larger windows are not searched, in pixels; zero on either side means the whole picture.
    public let maxSize: Size
    /// How many threads share the work; the result does not depend on it.
    public let threads: Int

    /// The least scale factor: closer to 1 a search would visit thousands of nearly equal window sizes.
    public static let leastScaleFactor = 1.001

    /// - Throws: `CascadeError.badParameter` when the scale factor is not a finite number of at least `leastScaleFactor`, or
    ///   another value is negative or, for sides and neighbours, above 2^30.
    public init(
        scaleFactor: Double = 1.1, minNeighbors: Int = 3, minSize: Size = .zero, maxSize: Size = .zero, threads: Int = 1
    ) throws {
        guard scaleFactor.isFinite, scaleFactor >= Self.leastScaleFactor else {
            throw CascadeError.badParameter(
                name: "scaleFactor", found: "\(scaleFactor)", expected: "a finite number of at least \(Self.leastScaleFactor)")
        }
        for (name, value) in [
            ("minNeighbors", minNeighbors), ("minSize.width", minSize.width), ("minSize.height", minSize.height),
            ("maxSize.width", maxSize.width), ("maxSize.height", maxSize.height),
        ] {
            guard (0...1 << 30).contains(value) else {
                throw CascadeError.badParameter(name: name, found: "\(value)", expected: "0 to \(1 << 30)")
            }
        }
        guard (1...1024).contains(threads) else {
            throw CascadeError.badParameter(name: "threads", found: "\(threads)", expected: "1 to 1024")
        }
        self.scaleFactor = scaleFactor
        self.minNeighbors = minNeighbors
        self.minSize = minSize
        self.maxSize = maxSize
        self.threads = threads
    }
}
