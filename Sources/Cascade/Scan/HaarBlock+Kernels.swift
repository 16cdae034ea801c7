/// Stages evaluated for 16 neighbouring windows at once, in Float.
///
/// Leaves are added in Float, in any order, and only the difference of a tree's leaves is selected by its comparison. A sum
/// within the stage's margin of the threshold is not decided here.
extension BoundHaarProgram {
    /// The stage's sums of the 16 windows from `place` on, each within the stage's margin of the exact one.
    func denseSums(_ stage: UnsafePointer<HaarProgram.Stage>, _ place: TablePlace, _ norms: Lanes16) -> Lanes16 {
        if isStumpBased { return stumpSums(stage, place, norms) }
        compare(stage, place, norms)
        var low = SIMD8<Float>(repeating: stage.pointee.denseBase), high = low
        let first = UnsafePointer(masks)
        var slot = 0
        for index in stage.pointee.trees {
            let tree = UnsafePointer(trees) + index
            let root = first[slot]
            let gain = tree.pointee.gains.0, more = tree.pointee.gains.1
            switch tree.pointee.shape {
            case .stump:
                low += select(gain, root.low)
                high += select(gain, root.high)
            case .childBelow:
                let child = first[slot + 1]
                low += select(gain + select(more, child.low), root.low)
                high += select(gain + select(more, child.high), root.high)
            case .childAbove:
                let child = first[slot + 1]
                let (a, b) = (select(more, child.low), select(more, child.high))
                low += a + select(gain - a, root.low)
                high += b + select(gain - b, root.high)
            case .general:
                let leaves = leaf(of: 0, in: tree, first + slot, stage.pointee.nodes.lowerBound)
                low += leaves.low
                high += leaves.high
            }
            slot += tree.pointee.nodes.count
        }
        return Lanes16(low, high)
    }

    private func stumpSums(_ stage: UnsafePointer<HaarProgram.Stage>, _ place: TablePlace, _ norms: Lanes16) -> Lanes16 {
        let base = SIMD8<Float>(repeating: stage.pointee.denseBase)
        var sink = StumpSums16(sums: Lanes16(base, base), norms: norms)
        for index in stage.pointee.runs {
            let run = runs[index]
            let table = place.table(of: run.plane)
            if run.plane == .upright16 || run.plane == .tilted16 {
                forEachValue(of: run, nodes, corners, at: table, &sink)
            } else {
                var low = StumpSums8(sums: sink.sums.low, norms: norms.low), high = StumpSums8(sums: sink.sums.high, norms: norms.high)
                forEachValue(of: run, nodes, corners, at: table, &low)
                forEachValue(of: run, nodes, corners, at: table + 32, &high)
                sink.sums = Lanes16(low.sums, high.sums)
            }
        }
        return sink.sums
    }

    /// Sets `masks` to the outcomes of the stage's comparisons.
    private func compare(_ stage: UnsafePointer<HaarProgram.Stage>, _ place: TablePlace, _ norms: Lanes16) {
        for index in stage.pointee.runs {
            let run = runs[index]
            let table = place.table(of: run.plane)
            if run.plane == .upright16 || run.plane == .tilted16 {
                var sink = Comparisons16(masks: masks, norms: norms)
                forEachValue(of: run, nodes, corners, at: table, &sink)
            } else {
                let halves = UnsafeMutableRawPointer(masks).assumingMemoryBound(to: SIMDMask<SIMD8<Int32>>.self)
                var low = Comparisons8(halves: halves, norms: norms.low), high = Comparisons8(halves: halves + 1, norms: norms.high)
                forEachValue(of: run, nodes, corners, at: table, &low)
                forEachValue(of: run, nodes, corners, at: table + 32, &high)
            }
        }
    }

    /// The leaf that each window reaches from a node of a tree; trees of dense stages have at most 8 nodes.
    @inline(never)
    private func leaf(
        of index: Int32, in tree: UnsafePointer<HaarProgram.Tree>, _ masks: UnsafePointer<Mask16>, _ firstNode: Int
    ) -> Lanes16 {
        let (toBelow, toAbove) = program.children[firstNode + tree.pointee.nodes.lowerBound + Int(index)]
        func side(_ child: Int32) -> Lanes16 {
            if child > 0 { return leaf(of: child, in: tree, masks, firstNode) }
            let leaf = SIMD8<Float>(repeating: program.leaves[tree.pointee.leaves.lowerBound - Int(child)])
            return Lanes16(leaf, leaf)
        }
        let below = side(toBelow), above = side(toAbove), mask = masks[Int(index)]
        return Lanes16(above.low.replacing(with: below.low, where: mask.low), above.high.replacing(with: below.high, where: mask.high))
    }
}

/// Adds each stump's difference of leaves where its comparison holds.
private struct StumpSums16: ValueSink {
    var sums: Lanes16
    let norms: Lanes16

    @inline(__always)
    mutating func take(_ node: UnsafePointer<BoundNode>, _ value: SIMD16<Int16>) {
        let values = floats(value)
        sums.low += select(node.pointee.gain, values.low * norms.low .< node.pointee.threshold)
        sums.high += select(node.pointee.gain, values.high * norms.high .< node.pointee.threshold)
    }
}

private struct StumpSums8: ValueSink {
    var sums: SIMD8<Float>
    let norms: SIMD8<Float>

    @inline(__always)
    mutating func take(_ node: UnsafePointer<BoundNode>, _ value: SIMD8<Int32>) {
        sums += select(node.pointee.gain, SIMD8<Float>(value) * norms .< node.pointee.threshold)
    }
}

/// Notes each node's comparison under its slot.
private struct Comparisons16: ValueSink {
    let masks: UnsafeMutablePointer<Mask16>
    let norms: Lanes16

    @inline(__always)
    mutating func take(_ node: UnsafePointer<BoundNode>, _ value: SIMD16<Int16>) {
        let values = floats(value), threshold = node.pointee.threshold
        masks[Int(node.pointee.slot)] = Mask16(values.low * norms.low .< threshold, values.high * norms.high .< threshold)
    }
}

private struct Comparisons8: ValueSink {
    /// Two for each slot, of which this one's is the first.
    let halves: UnsafeMutablePointer<SIMDMask<SIMD8<Int32>>>
    let norms: SIMD8<Float>

    @inline(__always)
    mutating func take(_ node: UnsafePointer<BoundNode>, _ value: SIMD8<Int32>) {
        halves[2 * Int(node.pointee.slot)] = SIMD8<Float>(value) * norms .< node.pointee.threshold
    }
}
