/// Stages evaluated for 8 windows anywhere in the tables, in Float, with the same margin as for blocks.
extension BoundHaarProgram {
    /// - Parameters:
    ///   - entries: the windows' first entries in every table.
    ///   - norms: theirs.
    func gatheredSums(
        _ stage: UnsafePointer<HaarProgram.Stage>, _ origin: TablePlace, _ entries: UnsafePointer<Int32>, _ norms: SIMD8<Float>
    ) -> SIMD8<Float> {
        var sums = SIMD8<Float>(repeating: stage.pointee.denseBase)
        if isStumpBased {
            for index in stage.pointee.runs {
                let run = runs[index]
                let table = origin.table(of: run.plane)
                var sink = StumpSums8(sums: sums, norms: norms)
                if run.plane == .upright16 || run.plane == .tilted16 {
                    forEachGathered(of: run, nodes, corners, in: table, at: entries, scalar: Int16.self, &sink)
                } else {
                    forEachGathered(of: run, nodes, corners, in: table, at: entries, scalar: Int32.self, &sink)
                }
                sums = sink.sums
            }
            return sums
        }
        let halves = UnsafeMutableRawPointer(masks).assumingMemoryBound(to: Mask8.self)
        for index in stage.pointee.runs {
            let run = runs[index]
            let table = origin.table(of: run.plane)
            var sink = Comparisons8(halves: halves, norms: norms)
            if run.plane == .upright16 || run.plane == .tilted16 {
                forEachGathered(of: run, nodes, corners, in: table, at: entries, scalar: Int16.self, &sink)
            } else {
                forEachGathered(of: run, nodes, corners, in: table, at: entries, scalar: Int32.self, &sink)
            }
        }
        for index in stage.pointee.trees {
            let tree = denseTrees[index]
            let slot = Int(tree.slot)
            let root = halves[2 * slot]
            switch tree.shape {
            case .stump: sums += select(tree.gain, root)
            case .childBelow: sums += select(tree.gain + select(tree.more, halves[2 * slot + 2]), root)
            case .childAbove:
                let child = select(tree.more, halves[2 * slot + 2])
                sums += child + select(tree.gain - child, root)
            case .general: sums += leaf(of: 0, in: UnsafePointer(trees) + Int(tree.tree), halves + 2 * slot, stage.pointee.nodes.lowerBound)
            }
        }
        return sums
    }
}
