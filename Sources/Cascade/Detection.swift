import Imaging

/// One found object.
public struct Detection: Hashable, Sendable {
    /// In pixels of the searched picture, inside it.
    public var rect: Rect
    /// How many overlapping hits were averaged into `rect`; 1 when hits are not grouped.
    public var neighbors: Int
    /// How many stages the hits passed: all of them. OpenCV's reject level.
    public var level: Int
    /// The last stage's sum, the highest of the group: larger means surer. OpenCV's level weight. It ranks the detections of one
    /// cascade; sums of different cascades are not comparable.
    public var weight: Double

    /// A found object.
    public init(rect: Rect, neighbors: Int, level: Int, weight: Double) {
        self.rect = rect
        self.neighbors = neighbors
        self.level = level
        self.weight = weight
    }
}

/// A window that passed every stage, before grouping and clipping.
public struct Hit: Hashable, Sendable {
    /// In pixels of the searched picture; rounding can push an edge a pixel outside it.
    public var rect: Rect
    /// The last stage's sum: larger means surer. OpenCV's level weight.
    public var weight: Double

    /// A window that passed every stage.
    public init(rect: Rect, weight: Double) {
        self.rect = rect
        self.weight = weight
    }
}
