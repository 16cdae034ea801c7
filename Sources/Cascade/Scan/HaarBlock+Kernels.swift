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
        for index in stage.pointee.trees {
            let tree = denseTrees[index]
            let first = UnsafePointer(masks) + Int(tree.slot)
            let root = first[0]
            switch tree.shape {
            case .stump:
                low += select(tree.gain, root.low)
                high += select(tree.gain, root.high)
            case .childBelow:
                let child = first[1]
                low += select(tree.gain + select(tree.more, child.low), root.low)
                high += select(tree.gain + select(tree.more, child.high), root.high)
            case .childAbove:
                let child = first[1]
                let (a, b) = (select(tree.more, child.low), select(tree.more, child.high))
                low += a + select(tree.gain - a, root.low)
                high += b + select(tree.gain - b, root.high)
            case .general:
                let halves = UnsafeRawPointer(first).assumingMemoryBound(to: Mask8.self)
                let source = UnsafePointer(trees) + Int(tree.tree)
                low += leaf(of: 0, in: source, halves, stage.pointee.nodes.lowerBound)
                high += leaf(of: 0, in: source, halves + 1, stage.pointee.nodes.lowerBound)
            }
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
                let halves = UnsafeMutableRawPointer(masks).assumingMemoryBound(to: Mask8.self)
                var low = Comparisons8(halves: halves, norms: norms.low), high = Comparisons8(halves: halves + 1, norms: norms.high)
                forEachValue(of: run, nodes, corners, at: table, &low)
                forEachValue(of: run, nodes, corners, at: table + 32, &high)
            }
        }
    }

    /// The leaf that each of 8 windows reaches from a node of a tree; trees of dense stages have at most 8 nodes.
    /// - Parameter masks: the tree's comparisons, every other one for other windows.
    @inline(never)
    func leaf(
        of index: Int32, in tree: UnsafePointer<HaarProgram.Tree>, _ masks: UnsafePointer<Mask8>, _ firstNode: Int
    ) -> SIMD8<Float> {
        let children = program.children[firstNode + tree.pointee.nodes.lowerBound + Int(index)]
        func side(_ child: Int32) -> SIMD8<Float> {
            if child > 0 { return leaf(of: child, in: tree, masks, firstNode) }
            return SIMD8(repeating: program.leaves[tree.pointee.leaves.lowerBound - Int(child)])
        }
        let mask = masks[2 * Int(index)]
        return select(side(children.below), mask) + select(side(children.above), ~mask)
    }
}
