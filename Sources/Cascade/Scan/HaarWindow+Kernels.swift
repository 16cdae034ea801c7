/// Stages evaluated for one window, exactly as defined: leaves in Double, in the file's order wherever it matters.
extension BoundHaarProgram {
    func exactSum(_ stage: UnsafePointer<HaarProgram.Stage>, _ place: TablePlace, _ norm: Float) -> Double {
        isStumpBased ? stumpSum(stage, place, norm) : treeSum(stage, place, norm)
    }

    private func stumpSum(_ stage: UnsafePointer<HaarProgram.Stage>, _ place: TablePlace, _ norm: Float) -> Double {
        var sum = 0.0
        for index in stage.pointee.runs {
            let run = runs[index]
            let table = place.table(of: run.plane)
            switch run.plane {
            case .upright16, .tilted16:
                var sink = StumpSum<Int16>(sum: sum, norm: norm)
                forEachValue(of: run, nodes, corners, at: table, &sink)
                sum = sink.sum
            case .upright32, .tilted32:
                var sink = StumpSum<Int32>(sum: sum, norm: norm)
                forEachValue(of: run, nodes, corners, at: table, &sink)
                sum = sink.sum
            case .float:
                for index in run.nodes {
                    let node = nodes + index
                    sum += Double(floatValue(index, place) * norm < node.pointee.threshold ? node.pointee.below : node.pointee.above)
                }
            }
        }
        return sum
    }

    private func treeSum(_ stage: UnsafePointer<HaarProgram.Stage>, _ place: TablePlace, _ norm: Float) -> Double {
        for index in stage.pointee.runs {
            let run = runs[index]
            let table = place.table(of: run.plane)
            switch run.plane {
            case .upright16, .tilted16:
                var sink = Comparisons<Int16>(outcomes: outcomes, norm: norm)
                forEachValue(of: run, nodes, corners, at: table, &sink)
            case .upright32, .tilted32:
                var sink = Comparisons<Int32>(outcomes: outcomes, norm: norm)
                forEachValue(of: run, nodes, corners, at: table, &sink)
            case .float:
                for index in run.nodes {
                    outcomes[Int(nodes[index].slot)] = floatValue(index, place) * norm < nodes[index].threshold ? 1 : 0
                }
            }
        }
        var sum = 0.0
        var slot = 0
        for index in stage.pointee.trees {
            let tree = UnsafePointer(trees) + index
            if tree.pointee.shape == .general {
                sum += Double(leaf(of: tree, slot, stage.pointee.nodes.lowerBound))
            } else {
                let two = UnsafeRawPointer(tree).advanced(by: MemoryLayout<HaarProgram.Tree>.offset(of: \.leafByComparisons)!)
                let choice = Int(outcomes[slot]) | Int(outcomes[slot + tree.pointee.nodes.count - 1]) << 1
                sum += Double(two.assumingMemoryBound(to: Float.self)[choice])
            }
            slot += tree.pointee.nodes.count
        }
        return sum
    }

    private func leaf(of tree: UnsafePointer<HaarProgram.Tree>, _ slot: Int, _ firstNode: Int) -> Float {
        var index: Int32 = 0
        repeat {
            let children = program.children[firstNode + slot + Int(index)]
            index = outcomes[slot + Int(index)] != 0 ? children.below : children.above
        } while index > 0
        return program.leaves[tree.pointee.leaves.lowerBound - Int(index)]
    }

    /// A feature whose weights are not small whole numbers: Float products, added in the file's order.
    private func floatValue(_ index: Int, _ place: TablePlace) -> Float {
        guard let layout else { preconditionFailure("evaluated without a layout") }
        let feature = program.features[program.nodes[index].feature]
        let table = (feature.isTilted ? place.tilted32 : place.upright32).assumingMemoryBound(to: Int32.self)
        func entry(_ x: Int, _ y: Int) -> Int32 { table[y * layout.stride + layout.place(x + origin)] }
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

/// Adds each stump's leaf.
private struct StumpSum<Value: TableEntries & FixedWidthInteger>: ValueSink {
    var sum: Double
    let norm: Float

    @inline(__always)
    mutating func take(_ node: UnsafePointer<BoundNode>, _ value: Value) {
        sum += Double(Float(value) * norm < node.pointee.threshold ? node.pointee.below : node.pointee.above)
    }
}

/// Notes each node's comparison under its slot.
private struct Comparisons<Value: TableEntries & FixedWidthInteger>: ValueSink {
    let outcomes: UnsafeMutablePointer<UInt8>
    let norm: Float

    @inline(__always)
    mutating func take(_ node: UnsafePointer<BoundNode>, _ value: Value) {
        outcomes[Int(node.pointee.slot)] = Float(value) * norm < node.pointee.threshold ? 1 : 0
    }
}
