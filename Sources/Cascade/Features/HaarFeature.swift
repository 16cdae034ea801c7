import Imaging

/// A Haar-like feature: one to three rectangles in the window, each with a weight.
///
/// Its value is the weighted sum of the pixel sums of its rectangles, divided by the window's contrast (see
/// `CascadeClassifier`). An upright rectangle (x, y, w, h) holds w x h pixels. A tilted one is turned by 45 degrees: its
/// topmost point is at (x, y), its right side runs w pixels down and to the right, its left side h pixels down and to the left.
package struct HaarFeature: Sendable, Equatable {
    package struct WeightedRect: Sendable, Equatable {
        package var rect: Rect
        package var weight: Float
    }

    package var rects: [WeightedRect]
    package var isTilted: Bool
}
