import Imaging
import Support

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

    /// How many threads may share a search.
    public static let threadCounts = 1...1024

    /// Scale factor 1.1, more than 3 neighbours, windows of every size, as many threads as there are cores: OpenCV's defaults.
    public static let standard = DetectionParameters(
        scaleFactor: 1.1, minNeighbors: 3, minSize: .zero, maxSize: .zero, cores: .allCores)

    private init(scaleFactor: Double, minNeighbors: Int, minSize: Size, maxSize: Size, cores: Int) {
        self.scaleFactor = scaleFactor
        self.minNeighbors = minNeighbors
        self.minSize = minSize
        self.maxSize = maxSize
        threads = min(cores, Self.threadCounts.upperBound)
    }

    /// Checks parameters.
    /// - Throws: `CascadeError.invalidParameter` when the scale factor is not a finite number of at least `leastScaleFactor`, the number
    ///   of threads is not one of `threadCounts`, or another value is negative or above 2^30.
    public init(
        scaleFactor: Double = 1.1, minNeighbors: Int = 3, minSize: Size = .zero, maxSize: Size = .zero,
        threads: Int = .allCores
    ) throws(CascadeError) {
        guard scaleFactor.isFinite, scaleFactor >= Self.leastScaleFactor else {
            throw .invalidParameter(
                name: "scaleFactor", value: "\(scaleFactor)", allowed: "a finite number of at least \(Self.leastScaleFactor)")
        }
        for (name, value) in [
            ("minNeighbors", minNeighbors), ("minSize.width", minSize.width), ("minSize.height", minSize.height),
            ("maxSize.width", maxSize.width), ("maxSize.height", maxSize.height),
        ] {
            try CascadeError.check(name, value, in: 0...1 << 30)
        }
        try CascadeError.check("threads", threads, in: Self.threadCounts)
        self.scaleFactor = scaleFactor
        self.minNeighbors = minNeighbors
        self.minSize = minSize
        self.maxSize = maxSize
        self.threads = threads
    }
}
