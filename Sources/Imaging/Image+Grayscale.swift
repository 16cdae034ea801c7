extension Image {
    /// The luma plane: gray = (9798 R + 19235 G + 3735 B + 16384) >> 15.
    ///
    /// The weights are BT.601's 0.299, 0.587 and 0.114 in 1/32768; they sum to 32768, so the result needs no clamp. These
    /// are the numbers of OpenCV 4.14's `COLOR_BGR2GRAY` on all 2^24 colours.
    /// - Complexity: O(pixels).
    public func grayscale() -> Gray {
        weightedGray(red: 9798, green: 19235, blue: 3735)
    }
}
