/// Entries of a summed-area table for one or more neighbouring windows: loaded, added and subtracted modulo their width.
///
/// One body of `cornerValue` serves all; each conformance is inlined to plain vector or scalar instructions.
protocol TableEntries {
    static func load(_ place: UnsafeRawPointer) -> Self
    static func plus(_ a: Self, _ b: Self) -> Self
    static func minus(_ a: Self, _ b: Self) -> Self
    static func times(_ a: Self, _ weight: Int32) -> Self
    static var zero: Self { get }
}

/// 16 windows in the 16-bit table.
extension SIMD16<Int16>: TableEntries {
    @inline(__always) static func load(_ place: UnsafeRawPointer) -> Self { place.loadUnaligned(as: Self.self) }
    @inline(__always) static func plus(_ a: Self, _ b: Self) -> Self { a &+ b }
    @inline(__always) static func minus(_ a: Self, _ b: Self) -> Self { a &- b }
    @inline(__always) static func times(_ a: Self, _ weight: Int32) -> Self { a &* Int16(truncatingIfNeeded: weight) }
}

/// 8 windows in the 32-bit table.
extension SIMD8<Int32>: TableEntries {
    @inline(__always) static func load(_ place: UnsafeRawPointer) -> Self { place.loadUnaligned(as: Self.self) }
    @inline(__always) static func plus(_ a: Self, _ b: Self) -> Self { a &+ b }
    @inline(__always) static func minus(_ a: Self, _ b: Self) -> Self { a &- b }
    @inline(__always) static func times(_ a: Self, _ weight: Int32) -> Self { a &* weight }
}

/// One window in the 16-bit table.
extension Int16: TableEntries {
    @inline(__always) static func load(_ place: UnsafeRawPointer) -> Self { place.loadUnaligned(as: Self.self) }
    @inline(__always) static func plus(_ a: Self, _ b: Self) -> Self { a &+ b }
    @inline(__always) static func minus(_ a: Self, _ b: Self) -> Self { a &- b }
    @inline(__always) static func times(_ a: Self, _ weight: Int32) -> Self { a &* Int16(truncatingIfNeeded: weight) }
}

/// One window in the 32-bit table.
extension Int32: TableEntries {
    @inline(__always) static func load(_ place: UnsafeRawPointer) -> Self { place.loadUnaligned(as: Self.self) }
    @inline(__always) static func plus(_ a: Self, _ b: Self) -> Self { a &+ b }
    @inline(__always) static func minus(_ a: Self, _ b: Self) -> Self { a &- b }
    @inline(__always) static func times(_ a: Self, _ weight: Int32) -> Self { a &* weight }
}

/// What is done with a feature's value. A protocol instead of a closure, because its method can be marked to be inlined: a closure
/// used in six loops is called, and a call spills every vector register.
protocol ValueSink {
    associatedtype Value: TableEntries
    mutating func take(_ node: UnsafePointer<BoundNode>, _ value: Value)
}

/// Gives `sink` each node of a run and its feature's weighted corner sum at `place` of the run's table.
///
/// The layout is decided once for the run, and the sink's method is inlined into each of the six loops.
///
/// Bounds: a corner lies inside its window (checked when the file is read), a window inside its layer, and lanes reach at most
/// `TableLayout.slack` entries past the last window of the last row, which the tables have.
@inline(__always)
func forEachValue<Sink: ValueSink>(
    of run: HaarProgram.Run, _ nodes: UnsafePointer<BoundNode>, _ corners: UnsafePointer<BoundCorner>, at place: UnsafeRawPointer,
    _ sink: inout Sink
) {
    typealias T = Sink.Value
    @inline(__always) func at(_ row: Int32, _ column: Int32) -> T { T.load(place + Int(row) + Int(column)) }
    @inline(__always) func two(_ a: T, _ b: T, _ c: T) -> T { .minus(.plus(a, c), .plus(b, b)) }
    @inline(__always) func three(_ a: T, _ b: T, _ c: T, _ d: T) -> T {
        let inner = T.minus(b, c)
        return .minus(.minus(.minus(a, d), inner), .plus(inner, inner))
    }
    var node = nodes + run.nodes.lowerBound
    let end = nodes + run.nodes.upperBound
    switch run.layout {
    case .twoAcross:
        while node < end {
            let (r, c) = (node.pointee.rows, node.pointee.columns)
            let a = T.minus(at(r.0, c.0), at(r.1, c.0)), b = T.minus(at(r.0, c.1), at(r.1, c.1))
            sink.take(node, two(a, b, .minus(at(r.0, c.2), at(r.1, c.2))))
            node += 1
        }
    case .twoDown:
        while node < end {
            let (r, c) = (node.pointee.rows, node.pointee.columns)
            let a = T.minus(at(r.0, c.0), at(r.0, c.1)), b = T.minus(at(r.1, c.0), at(r.1, c.1))
            sink.take(node, two(a, b, .minus(at(r.2, c.0), at(r.2, c.1))))
            node += 1
        }
    case .threeAcross:
        while node < end {
            let (r, c) = (node.pointee.rows, node.pointee.columns)
            let a = T.minus(at(r.0, c.0), at(r.1, c.0)), b = T.minus(at(r.0, c.1), at(r.1, c.1))
            sink.take(node, three(a, b, .minus(at(r.0, c.2), at(r.1, c.2)), .minus(at(r.0, c.3), at(r.1, c.3))))
            node += 1
        }
    case .threeDown:
        while node < end {
            let (r, c) = (node.pointee.rows, node.pointee.columns)
            let a = T.minus(at(r.0, c.0), at(r.0, c.1)), b = T.minus(at(r.1, c.0), at(r.1, c.1))
            sink.take(node, three(a, b, .minus(at(r.2, c.0), at(r.2, c.1)), .minus(at(r.3, c.0), at(r.3, c.1))))
            node += 1
        }
    case .chequered:
        while node < end {
            let (r, c) = (node.pointee.rows, node.pointee.columns)
            let a = two(at(r.0, c.0), at(r.0, c.1), at(r.0, c.2)), b = two(at(r.1, c.0), at(r.1, c.1), at(r.1, c.2))
            sink.take(node, two(a, b, two(at(r.2, c.0), at(r.2, c.1), at(r.2, c.2))))
            node += 1
        }
    case .other:
        while node < end {
            var sum = T.zero
            let first = corners + Int(node.pointee.rows.0)
            for i in 0..<Int(node.pointee.rows.1) {
                sum = .plus(sum, .times(.load(place + Int(first[i].offset)), first[i].weight))
            }
            sink.take(node, sum)
            node += 1
        }
    }
}
