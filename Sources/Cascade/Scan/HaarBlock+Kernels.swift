/// Stages evaluated for 16 neighbouring windows at once, in Float.
///
/// Leaves are added in Float, in any order, and only the difference of a tree's leaves is selected by its comparison. A sum
/// within the stage's margin of the threshold is not decided here.
extension BoundHaarProgram {
    typealias Mask16 = (low: SIMDMask<SIMD8<Int32>>, high: SIMDMask<SIMD8<Int32>>)

    /// The stage's sums of the 16 windows from `place` on, each within the stage's margin of the exact one.
    @inline(__always)
    func denseSums(_ stage: HaarProgram.Stage, _ place: TablePlace, _ norms: Lanes16) -> Lanes16 {
        var sums = Lanes16(SIMD8(repeating: stage.denseBase), SIMD8(repeating: stage.denseBase))
        if program.isStumpBased {
            var node = UnsafePointer(nodes) + stage.nodes.lowerBound
            for _ in stage.nodes {
                let mask = comparison(node, place, norms)
                let gain = node.pointee.belowLeaf - node.pointee.aboveLeaf
                sums.low += select(SIMD8(repeating: gain), mask.low)
                sums.high += select(SIMD8(repeating: gain), mask.high)
                node += 1
            }
        } else {
            program.trees.withUnsafeBufferPointer { trees in
                for index in stage.trees { add(trees[index], place, norms, to: &sums) }
            }
        }
        return sums
    }

    @inline(__always)
    private func add(_ tree: HaarProgram.Tree, _ place: TablePlace, _ norms: Lanes16, to sums: inout Lanes16) {
        let first = UnsafePointer(nodes) + tree.nodes.lowerBound
        switch tree.shape {
        case .stump:
            let mask = comparison(first, place, norms)
            let gain = SIMD8<Float>(repeating: tree.gains.0)
            sums.low += select(gain, mask.low)
            sums.high += select(gain, mask.high)
        case .childBelow:
            let root = comparison(first, place, norms), child = comparison(first + 1, place, norms)
            let (gain, more) = (SIMD8<Float>(repeating: tree.gains.0), SIMD8<Float>(repeating: tree.gains.1))
            sums.low += select(gain + select(more, child.low), root.low)
            sums.high += select(gain + select(more, child.high), root.high)
        case .childAbove:
            let root = comparison(first, place, norms), child = comparison(first + 1, place, norms)
            let (gain, more) = (SIMD8<Float>(repeating: tree.gains.0), SIMD8<Float>(repeating: tree.gains.1))
            let low = select(more, child.low), high = select(more, child.high)
            sums.low += low + select(gain - low, root.low)
            sums.high += high + select(gain - high, root.high)
        case .general:
            let leaves = value(of: 0, in: tree, place, norms)
            sums.low += leaves.low
            sums.high += leaves.high
        }
    }

    /// The leaf that each window reaches from a node of a tree; trees of dense stages have at most 8 nodes.
    @inline(never)
    private func value(of index: Int32, in tree: HaarProgram.Tree, _ place: TablePlace, _ norms: Lanes16) -> Lanes16 {
        let node = program.nodes[tree.nodes.lowerBound + Int(index)]
        func side(_ child: Int32) -> Lanes16 {
            if child > 0 { return value(of: child, in: tree, place, norms) }
            let leaf = SIMD8<Float>(repeating: program.leaves[tree.leaves.lowerBound - Int(child)])
            return Lanes16(leaf, leaf)
        }
        let below = side(node.below), above = side(node.above)
        let mask = comparison(UnsafePointer(nodes) + tree.nodes.lowerBound + Int(index), place, norms)
        return Lanes16(above.low.replacing(with: below.low, where: mask.low), above.high.replacing(with: below.high, where: mask.high))
    }

    /// Where value x norm is below the node's threshold.
    @inline(__always)
    private func comparison(_ node: UnsafePointer<BoundNode>, _ place: TablePlace, _ norms: Lanes16) -> Mask16 {
        let values: Lanes16
        switch node.pointee.plane {
        case .upright16: values = floats(cornerValue(node, corners, place.upright16, as: SIMD16<Int16>.self))
        case .tilted16: values = floats(cornerValue(node, corners, place.tilted16, as: SIMD16<Int16>.self))
        case .upright32: values = wide(node, place.upright32)
        case .tilted32, .float: values = wide(node, place.tilted32)
        }
        let threshold = node.pointee.threshold
        return (values.low * norms.low .< threshold, values.high * norms.high .< threshold)
    }

    @inline(never)
    private func wide(_ node: UnsafePointer<BoundNode>, _ place: UnsafeRawPointer) -> Lanes16 {
        Lanes16(
            SIMD8<Float>(cornerValue(node, corners, place, as: SIMD8<Int32>.self)),
            SIMD8<Float>(cornerValue(node, corners, place + 32, as: SIMD8<Int32>.self)))
    }
}
