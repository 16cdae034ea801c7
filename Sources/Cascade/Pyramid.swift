import Foundation
import Imaging

/// A photo with its shrunken copies, kept for the next cascade that searches it.
///
/// Cascades with equal window sizes and scale factors shrink a photo to the same layers; those are made once. The copies take
/// up to 1 / (1 - 1 / scaleFactor^2) bytes a pixel: 2.4 at 1.3, 5.8 at 1.1. A `Gray` given directly is searched without keeping any.
public final class Pyramid: @unchecked Sendable {  // `layers` is behind the lock
    public let gray: Gray
    private let lock = NSLock()
    private var layers: [Size: Gray] = [:]

    public init(_ gray: Gray) {
        self.gray = gray
    }

    /// The photo shrunk to `size`, now or before.
    func layer(_ size: Size) -> Gray {
        if size == gray.size { return gray }
        if let known = lock.withLock({ layers[size] }) { return known }
        // Two threads may both make a layer; they make the same one.
        let layer = gray.resizedLinearExact(to: size)
        lock.withLock { layers[size] = layer }
        return layer
    }
}
