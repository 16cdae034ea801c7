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
        let plan = LinearExactPlan(from: size, to: target)
        let resized = [UInt8](unsafeUninitializedCapacity: target.area) { out, count in
            pixels.withUnsafeBufferPointer { source in
                let rows = LinearExactRows(plan: plan, source: source.baseAddress!)
                for y in 0..<target.height { rows.write(row: y, to: out.baseAddress! + y * target.width) }
                rows.release()
            }
            count = target.area
        }
        return Gray(width: target.width, height: target.height, pixels: resized)
    }
}

/// Which two samples of an axis make each target sample, and their weights.
package struct LinearExactAxis: Sendable {
    /// The left (or only) sample.
    package private(set) var first: [Int32] = []
    /// The right sample; equal to `first` where there is only one.
    package private(set) var second: [Int32] = []
    /// The right sample's weight in 1/256, 0 to 256; the left one's is 256 minus this.
    package private(set) var weight: [Int32] = []

    /// The two divisions in this order are OpenCV's; source / target is not the same number.
    package init(from source: Int, to target: Int) {
        let inverse = Double(target) / Double(source)
        let scale = 1 / inverse
        first.reserveCapacity(target)
        second.reserveCapacity(target)
        weight.reserveCapacity(target)
        for d in 0..<target {
            let position = scale * (Double(d) + 0.5) - 0.5
            let left = Int32(position.rounded(.down))
            if left < 0 || source == 1 {
                append(0, 0, 0)
            } else if left >= Int32(source - 1) {
                append(Int32(source - 1), Int32(source - 1), 0)
            } else {
                append(left, left + 1, Int32(((position - Double(left)) * 256).rounded(.toNearestOrEven)))
            }
        }
    }

    private mutating func append(_ left: Int32, _ right: Int32, _ share: Int32) {
        first.append(left)
        second.append(right)
        weight.append(share)
    }
}

package struct LinearExactPlan: Sendable {
    package let source: Size
    package let target: Size
    package let columns: LinearExactAxis
    package let rows: LinearExactAxis

    package init(from source: Size, to target: Size) {
        self.source = source
        self.target = target
        columns = LinearExactAxis(from: source.width, to: target.width)
        rows = LinearExactAxis(from: source.height, to: target.height)
    }
}
