/// Writes the rows of a resampled plane one at a time.
///
/// Nothing is rounded before the last shift, so the order of the two axes does not matter to the result. Vertical first means
/// contiguous reads of two source rows; the blended row (0 to 65,280 fits UInt16) is then picked apart horizontally.
package struct LinearExactRows {
    private let plan: LinearExactPlan
    private let source: UnsafePointer<UInt8>
    private let blended: UnsafeMutablePointer<UInt16>

    /// - Precondition: `source` holds the plan's source plane and outlives this value.
    package init(plan: LinearExactPlan, source: UnsafePointer<UInt8>) {
        self.plan = plan
        self.source = source
        blended = .allocate(capacity: plan.source.width)
    }

    package func release() { blended.deallocate() }

    /// - Precondition: `out` has room for a target row; 0 <= row < target height.
    package func write(row: Int, to out: UnsafeMutablePointer<UInt8>) {
        let width = plan.source.width
        let upper = source + Int(plan.rows.first[row]) * width
        let lower = source + Int(plan.rows.second[row]) * width
        let lowerWeight = UInt16(truncatingIfNeeded: plan.rows.weight[row])
        let upperWeight = 256 &- lowerWeight
        for x in 0..<width { blended[x] = upperWeight &* UInt16(upper[x]) &+ lowerWeight &* UInt16(lower[x]) }
        plan.columns.first.withUnsafeBufferPointer { first in
            plan.columns.second.withUnsafeBufferPointer { second in
                plan.columns.weight.withUnsafeBufferPointer { weight in
                    for x in 0..<plan.target.width {
                        let left = Int32(blended[Int(first[x])]), right = Int32(blended[Int(second[x])])
                        out[x] = UInt8(truncatingIfNeeded: (left &* 256 &+ weight[x] &* (right &- left) &+ 32768) >> 16)
                    }
                }
            }
        }
    }
}
