/// As `forEachValue`, for 8 windows anywhere in the tables: each lane is summed with scalar loads, the rest is done on vectors.
///
/// A node's corner addresses are computed once for the 8 windows; a lane then costs its loads and additions and one insertion.
/// - Parameters:
///   - entries: the windows' first entries, counted from `table`.
///   - scalar: the table's entries.
@inline(__always)
func forEachGathered<Scalar: TableEntries & FixedWidthInteger, Sink: ValueSink>(
    of run: HaarProgram.Run, _ nodes: UnsafePointer<BoundNode>, _ corners: UnsafePointer<BoundCorner>, in table: UnsafeRawPointer,
    at entries: UnsafePointer<Int32>, scalar: Scalar.Type, _ sink: inout Sink
) where Sink.Value == SIMD8<Int32> {
    let size = MemoryLayout<Scalar>.size
    @inline(__always) func eight(_ value: (Int) -> Scalar) -> SIMD8<Int32> {
        SIMD8(
            Int32(value(size * Int(entries[0]))), Int32(value(size * Int(entries[1]))), Int32(value(size * Int(entries[2]))),
            Int32(value(size * Int(entries[3]))), Int32(value(size * Int(entries[4]))), Int32(value(size * Int(entries[5]))),
            Int32(value(size * Int(entries[6]))), Int32(value(size * Int(entries[7]))))
    }
    @inline(__always) func corner(_ row: Int32, _ column: Int32) -> UnsafeRawPointer { table + Int(row) + Int(column) }
    @inline(__always) func two(_ a: Scalar, _ b: Scalar, _ c: Scalar) -> Scalar { .minus(.plus(a, c), .plus(b, b)) }
    @inline(__always) func three(_ a: Scalar, _ b: Scalar, _ c: Scalar, _ d: Scalar) -> Scalar {
        let inner = Scalar.minus(b, c)
        return .minus(.minus(.minus(a, d), inner), .plus(inner, inner))
    }
    var node = nodes + run.nodes.lowerBound
    let end = nodes + run.nodes.upperBound
    switch run.layout {
    case .twoAcross, .twoDown:
        let isAcross = run.layout == .twoAcross
        while node < end {
            let (r, c) = (node.pointee.rows, node.pointee.columns)
            let a = corner(r.0, c.0), b = isAcross ? corner(r.1, c.0) : corner(r.0, c.1)
            let d = isAcross ? corner(r.0, c.1) : corner(r.1, c.0), e = corner(r.1, c.1)
            let f = isAcross ? corner(r.0, c.2) : corner(r.2, c.0), g = isAcross ? corner(r.1, c.2) : corner(r.2, c.1)
            sink.take(
                node,
                eight { i in
                    two(
                        .minus(.load(a + i), .load(b + i)), .minus(.load(d + i), .load(e + i)), .minus(.load(f + i), .load(g + i)))
                })
            node += 1
        }
    case .threeAcross, .threeDown:
        let isAcross = run.layout == .threeAcross
        while node < end {
            let (r, c) = (node.pointee.rows, node.pointee.columns)
            let a = corner(r.0, c.0), b = isAcross ? corner(r.1, c.0) : corner(r.0, c.1)
            let d = isAcross ? corner(r.0, c.1) : corner(r.1, c.0), e = corner(r.1, c.1)
            let f = isAcross ? corner(r.0, c.2) : corner(r.2, c.0), g = isAcross ? corner(r.1, c.2) : corner(r.2, c.1)
            let h = isAcross ? corner(r.0, c.3) : corner(r.3, c.0), k = isAcross ? corner(r.1, c.3) : corner(r.3, c.1)
            sink.take(
                node,
                eight { i in
                    three(
                        .minus(.load(a + i), .load(b + i)), .minus(.load(d + i), .load(e + i)), .minus(.load(f + i), .load(g + i)),
                        .minus(.load(h + i), .load(k + i)))
                })
            node += 1
        }
    case .chequered:
        while node < end {
            let (r, c) = (node.pointee.rows, node.pointee.columns)
            let a = corner(r.0, c.0), b = corner(r.0, c.1), d = corner(r.0, c.2)
            let e = corner(r.1, c.0), f = corner(r.1, c.1), g = corner(r.1, c.2)
            let h = corner(r.2, c.0), k = corner(r.2, c.1), m = corner(r.2, c.2)
            sink.take(
                node,
                eight { i in
                    two(
                        two(.load(a + i), .load(b + i), .load(d + i)), two(.load(e + i), .load(f + i), .load(g + i)),
                        two(.load(h + i), .load(k + i), .load(m + i)))
                })
            node += 1
        }
    case .other:
        while node < end {
            let first = corners + Int(node.pointee.rows.0)
            let count = Int(node.pointee.rows.1)
            sink.take(
                node,
                eight { i in
                    var sum = Scalar.zero
                    for k in 0..<count { sum = .plus(sum, .times(.load(table + Int(first[k].offset) + i), first[k].weight)) }
                    return sum
                })
            node += 1
        }
    }
}
