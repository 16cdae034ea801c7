extension Gray {
    /// This plane resampled to `target` with bilinear weights in 1/256, the arithmetic of OpenCV's `INTER_LINEAR_EXACT`.
    ///
    /// A target sample d lies at f = scale (d + 1/2) - 1/2 of the source axis. Left of the first sample's centre it is the first
    /// sample, right of the last one's the last; between samples i and i + 1 it is (256 - w) p(i) + w p(i + 1) with w = f - i in
    /// 1/256, rounded to even. The two axes' weights multiply, so that out = (sum of v h p + 32768) >> 16, rounded once.
    /// - Precondition: `target` has positive sides.
    /// - Complexity: O(source width x target height + target pixels).
    public func resizedLinearExact(to target: Size) -> Gray {
        precondition(target.width > 0 && target.height > 0, "a resized plane has at least one pixel")
        if target == size { return self }
        let resized = resampledExactly(pixels, LinearExactPlan(from: size, to: target))
        return Gray(width: target.width, height: target.height, pixels: resized)
    }
}
