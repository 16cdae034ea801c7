import Cascade
import Imaging
import Synchronization

/// One cascade with its parameters, run on photos: detection alone, what `lineup detect` and `POST /api/detect` answer.
public struct ObjectSearch: Sendable {
    private let classifier: CascadeClassifier
    private let parameters: DetectionParameters

    /// A search that gives what `classifier` finds with `parameters`.
    public init(_ classifier: CascadeClassifier, _ parameters: DetectionParameters) {
        self.classifier = classifier
        self.parameters = parameters
    }

    /// Finds the objects of a decoded photo.
    /// - Parameters:
    ///   - image: the photo.
    ///   - limits: what it may take.
    /// - Returns: the objects, and how long the detection alone took.
    /// - Throws: `CascadeError.tooManyHits`, `.outOfTime`, as the limits say.
    public func objects(
        in image: Image, within limits: SearchLimits = .none
    ) throws(CascadeError) -> (objects: [FoundObject], duration: Duration) {
        let gray = image.grayscale()
        let clock = ContinuousClock()
        let start = clock.now
        let found = try classifier.detections(in: gray, parameters, within: limits)
        return (found.map(FoundObject.init), clock.now - start)
    }
}

/// One found object as the tool and the server write it.
public struct FoundObject: Sendable, Equatable, Codable {
    /// In pixels of the photo.
    public var x, y, width, height: Int
    /// How many overlapping hits were averaged into it.
    public var neighbors: Int
    /// How many stages its hits passed, OpenCV's reject level; nil where it was not requested.
    public var level: Int?
    /// The last stage's sum, larger means surer; nil where it was not requested.
    public var weight: Double?

    /// A detection with its level and weight.
    public init(_ detection: Detection) {
        (x, y) = (detection.rect.x, detection.rect.y)
        (width, height) = (detection.rect.width, detection.rect.height)
        neighbors = detection.neighbors
        level = detection.level
        weight = detection.weight
    }

    /// In pixels of the photo.
    public var rect: Rect { Rect(x: x, y: y, width: width, height: height) }

    /// Without level and weight.
    public var plain: FoundObject {
        var plain = self
        (plain.level, plain.weight) = (nil, nil)
        return plain
    }
}

/// Standard cascades, each read from its file when it is first used.
public final class CascadeCache: Sendable {
    private let loaded = Mutex<[StandardCascade: CascadeClassifier]>([:])

    /// An empty cache.
    public init() {}

    /// - Throws: `CascadeError` where the file is missing or damaged.
    public func classifier(_ cascade: StandardCascade) throws(CascadeError) -> CascadeClassifier {
        if let known = loaded.withLock({ $0[cascade] }) { return known }
        let classifier = try CascadeClassifier.standard(cascade)
        loaded.withLock { $0[cascade] = classifier }
        return classifier
    }
}
