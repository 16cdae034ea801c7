import Support

/// Writes the rows of a resampled plane one at a time.
///
/// Nothing is rounded before the last shift, so the order of the two axes does not matter to the result. Vertical first means
/// contiguous reads of two source rows; of the blended row (0 to 65,280 fits UInt16) each target sample then takes two neighbours,
/// which are fetched together in a loop of their own, so that the arithmetic is left to a loop that vectorises.
///
/// Bounds: `blended` has one sample more than a source row, read with weight 0 beside the last.
package final class LinearExactRows {
    private let plan: LinearExactPlan
    private let source: UnsafePointer<UInt8>
    private let blendedRow: KernelMemory<UInt16>
    private let pairRow: KernelMemory<UInt32>

    /// - Precondition: `source` holds the plan's source plane and outlives this object.
    package init(plan: LinearExactPlan, source: UnsafePointer<UInt8>) {
        self.plan = plan
        self.source = source
        blendedRow = KernelMemory(capacity: plan.source.width + 1)
        blendedRow.start[plan.source.width] = 0
        pairRow = KernelMemory(capacity: plan.target.width)
    }

    /// - Precondition: `out` has room for a target row; 0 <= row < target height.
    package func write(row: Int, to out: UnsafeMutablePointer<UInt8>) {
        let (width, blended, pairs) = (plan.source.width, blendedRow.start, pairRow.start)
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

/// The pixels of a plane resampled as `plan` says.
func resampledExactly(_ pixels: [UInt8], _ plan: LinearExactPlan) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: plan.target.area) { out, count in
        pixels.withUnsafeBufferPointer { source in
            let rows = LinearExactRows(plan: plan, source: source.baseAddress!)
            for y in 0..<plan.target.height { rows.write(row: y, to: out.baseAddress! + y * plan.target.width) }
        }
        count = plan.target.area
    }
}
