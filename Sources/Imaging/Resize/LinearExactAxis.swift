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
