extension Image {
    /// The luma plane: gray = (9798 R + 19235 G + 3735 B + 16384) >> 15.
    ///
    /// The weights are BT.601's 0.299, 0.587 and 0.114 in 1/32768; they sum to 32768, so the result needs no clamp. These
    /// are the numbers of OpenCV 4.14's `COLOR_BGR2GRAY` on all 2^24 colours.
    /// - Complexity: O(pixels).
    public func grayscale() -> Gray {
        weightedGray(red: 9798, green: 19235, blue: 3735)
    }

    /// The luma formula with red's and blue's weights exchanged.
    ///
    /// The Python pipeline that the classic recipe reproduces hands B, G, R pixels to `COLOR_RGB2GRAY` before its wavelet
    /// transform; this is that plane. The face detector uses `grayscale()`.
    public func grayscaleWithRedAndBlueExchanged() -> Gray {
        weightedGray(red: 3735, green: 19235, blue: 9798)
    }

    private func weightedGray(red: Int32, green: Int32, blue: Int32) -> Gray {
        let count = width * height
        let plane = [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
            pixels.withUnsafeBufferPointer { source in
                for i in 0..<count {
                    let r = Int32(source[3 * i]), g = Int32(source[3 * i + 1]), b = Int32(source[3 * i + 2])
                    target[i] = UInt8(truncatingIfNeeded: (red &* r &+ green &* g &+ blue &* b &+ 16384) >> 15)
                }
            }
            initialized = count
        }
        return Gray(width: width, height: height, pixels: plane)
    }
}
