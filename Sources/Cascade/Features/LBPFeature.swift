import Imaging

/// A local binary pattern over a 3 x 3 grid of equal blocks: which of the 8 outer blocks are at least as bright as the middle.
package struct LBPFeature: Sendable, Equatable {
    /// The top left block; the grid covers three times its width and height.
    package var block: Rect

    package var grid: Rect { Rect(x: block.x, y: block.y, width: 3 * block.width, height: 3 * block.height) }
}
