extension Gray {
    /// The plane with its brightness spread so that each level is about as frequent as every other.
    ///
    /// Level v becomes round((N(v) - n) * 255 / (pixels - n)) in Float, ties to even, N(v) counting pixels of at most v and n
    /// those of the darkest level present; a plane of one level stays as it is. The numbers of OpenCV's `equalizeHist`.
    /// - Complexity: O(pixels).
    public func equalised() -> Gray {
        let counts = levelCounts(pixels)
        guard let darkest = counts.firstIndex(where: { $0 > 0 }), counts[darkest] < pixels.count else { return self }
        let scale = Float(255) / Float(pixels.count - counts[darkest])
        var table = [UInt8](repeating: 0, count: 256)
        var sum = 0
        for level in darkest + 1..<256 {
            sum += counts[level]
            table[level] = UInt8(min(max((Float(sum) * scale).rounded(.toNearestOrEven), 0), 255))
        }
        return Gray(width: width, height: height, pixels: replacingLevels(pixels, table))
    }
}
