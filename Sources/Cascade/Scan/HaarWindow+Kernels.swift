/// Stages evaluated for one window, exactly as defined: leaves in Double, in the file's order.
extension BoundHaarProgram {
    func exactSum(_ stage: HaarProgram.Stage, _ place: TablePlace, _ norm: Float) -> Double {
        var sum = 0.0
        if program.isStumpBased {
            var node = UnsafePointer(nodes) + stage.nodes.lowerBound
            for _ in stage.nodes {
                sum += Double(value(node, place) * norm < node.pointee.threshold ? node.pointee.belowLeaf : node.pointee.aboveLeaf)
                node += 1
            }
            return sum
        }
        for tree in program.trees[stage.trees] {
            var index: Int32 = 0
            repeat {
                let at = tree.nodes.lowerBound + Int(index)
                let isBelow = value(UnsafePointer(nodes) + at, place) * norm < nodes[at].threshold
                index = isBelow ? program.nodes[at].below : program.nodes[at].above
            } while index > 0
            sum += Double(program.leaves[tree.leaves.lowerBound - Int(index)])
        }
        return sum
    }

    @inline(__always)
    private func value(_ node: UnsafePointer<BoundNode>, _ place: TablePlace) -> Float {
        switch node.pointee.plane {
        case .upright16: Float(cornerValue(node, corners, place.upright16, as: Int16.self))
        case .upright32: Float(cornerValue(node, corners, place.upright32, as: Int32.self))
        case .tilted16: Float(cornerValue(node, corners, place.tilted16, as: Int16.self))
        case .tilted32: Float(cornerValue(node, corners, place.tilted32, as: Int32.self))
        case .float: floatValue(node - UnsafePointer(nodes), place)
        }
    }

    /// A feature whose weights are not small whole numbers: Float products, added in the file's order.
    private func floatValue(_ index: Int, _ place: TablePlace) -> Float {
        guard let layout else { preconditionFailure("evaluated without a layout") }
        let feature = program.features[program.nodes[index].feature]
        let table = (feature.isTilted ? place.tilted32 : place.upright32).assumingMemoryBound(to: Int32.self)
        func entry(_ x: Int, _ y: Int) -> Int32 { table[y * layout.stride + layout.place(x)] }
        var value: Float = 0
        for (part, first) in zip(feature.rects, 0...) where first < 2 || part.weight != 0 {
            let (x, y, w, h) = (part.rect.x, part.rect.y, part.rect.width, part.rect.height)
            let sum =
                feature.isTilted
                ? entry(x, y) &- entry(x - h, y + h) &- entry(x + w, y + w) &+ entry(x + w - h, y + w + h)
                : entry(x, y) &- entry(x + w, y) &- entry(x, y + h) &+ entry(x + w, y + h)
            value = first == 0 ? part.weight * Float(sum) : value + part.weight * Float(sum)
        }
        return value
    }
}
