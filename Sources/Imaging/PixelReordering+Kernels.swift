/// Where each target pixel of a reoriented picture comes from: the source offset, in pixels, is affine in the target's
/// column and row.
struct PixelReordering {
    let width: Int
    let height: Int
    private let channels: Int
    private let origin: Int
    private let columnStep: Int
    private let rowStep: Int

    init(of size: Size, channels: Int, by orientation: Orientation) {
        self.channels = channels
        let (w, h) = (size.width, size.height)
        width = orientation.swapsAxes ? h : w
        height = orientation.swapsAxes ? w : h
        (origin, columnStep, rowStep) =
            switch orientation {
            case .asStored: (0, 1, w)
            case .flippedLeftRight: (w - 1, -1, w)
            case .turnedHalf: (w * h - 1, -1, -w)
            case .flippedTopBottom: (w * (h - 1), 1, -w)
            case .transposed: (0, w, 1)
            case .turnedRight: (w * (h - 1), -w, 1)
            case .transposedAndTurnedHalf: (w * h - 1, -w, -1)
            case .turnedLeft: (w - 1, w, -1)
            }
    }

    /// Copies in square tiles: a quarter turn reads down columns, and a tile of 32 such columns (32 x 96 bytes) stays in the
    /// first-level cache while every byte of its lines is used.
    ///
    /// Offsets stay inside 0..<width * height, because origin, columnStep and rowStep map the target's corners to the source's.
    func move(from source: UnsafePointer<UInt8>, to target: UnsafeMutablePointer<UInt8>) {
        let tile = 32
        for top in stride(from: 0, to: height, by: tile) {
            for left in stride(from: 0, to: width, by: tile) {
                let right = min(left + tile, width)
                for y in top..<min(top + tile, height) {
                    var from = source + channels * (origin + left * columnStep + y * rowStep)
                    var to = target + channels * (y * width + left)
                    if channels == 1 {
                        for _ in left..<right {
                            to[0] = from[0]
                            from += columnStep
                            to += 1
                        }
                    } else {
                        for _ in left..<right {
                            to[0] = from[0]
                            to[1] = from[1]
                            to[2] = from[2]
                            from += 3 * columnStep
                            to += 3
                        }
                    }
                }
            }
        }
    }
}

/// Interleaved pixels, each moved as `orientation` says.
func reordered(_ pixels: [UInt8], size: Size, channels: Int, by orientation: Orientation) -> [UInt8] {
    precondition(channels == 1 || channels == 3, "gray or R, G, B")
    return [UInt8](unsafeUninitializedCapacity: pixels.count) { target, count in
        pixels.withUnsafeBufferPointer { source in
            PixelReordering(of: size, channels: channels, by: orientation).move(from: source.baseAddress!, to: target.baseAddress!)
        }
        count = pixels.count
    }
}
