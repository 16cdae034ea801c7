/// Writes the rows of a resampled plane one at a time.
///
/// Nothing is rounded before the last shift, so the order of the two axes does not matter to the result. Vertical first means
/// contiguous reads of two source rows; of the blended row (0 to 65,280 fits UInt16) each target sample then takes two neighbours,
/// which are fetched together in a loop of their own, so that the arithmetic is left to a loop that vectorises.
///
/// Bounds: `blended` has one sample more than a source row, read with weight 0 beside the last.
package struct LinearExactRows {
    private let plan: LinearExactPlan
    private let source: UnsafePointer<UInt8>
    private let blended: UnsafeMutablePointer<UInt16>
    private let pairs: UnsafeMutablePointer<UInt32>

    /// - Precondition: `source` holds the plan's source plane and outlives this value.
    package init(plan: LinearExactPlan, source: UnsafePointer<UInt8>) {
        self.plan = plan
        self.source = source
        blended = .allocate(capacity: plan.source.width + 1)
        blended[plan.source.width] = 0
        pairs = .allocate(capacity: plan.target.width)
    }

    package func release() {
        blended.deallocate()
        pairs.deallocate()
    }

    /// - Precondition: `out` has room for a target row; 0 <= row < target height.
    package func write(row: Int, to out: UnsafeMutablePointer<UInt8>) {
        let width = plan.source.width
        let upper = source + Int(plan.rows.first[row]) * width
        let lower = source + Int(plan.rows.second[row]) * width
        let lowerWeight = UInt16(truncatingIfNeeded: plan.rows.weight[row])
        let upperWeight = 256 &- lowerWeight
        for x in 0..<width { blended[x] = upperWeight &* UInt16(upper[x]) &+ lowerWeight &* UInt16(lower[x]) }
        let samples = UnsafeRawPointer(blended)
        plan.columns.first.withUnsafeBufferPointer { first in
            for x in 0..<plan.target.width {
                pairs[x] = UInt32(littleEndian: samples.loadUnaligned(fromByteOffset: 2 &* Int(first[x]), as: UInt32.self))
            }
        }
        plan.columns.weight.withUnsafeBufferPointer { weight in
            for x in 0..<plan.target.width {
                let left = Int32(bitPattern: pairs[x] & 0xFFFF), right = Int32(bitPattern: pairs[x] >> 16)
                out[x] = UInt8(truncatingIfNeeded: (left &* 256 &+ weight[x] &* (right &- left) &+ 32768) >> 16)
            }
        }
    }
}
