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

/// A feature's weighted corner sum at a place of its table.
///
/// Bounds: a corner lies inside its window (checked when the file is read), a window inside its layer, and lanes reach at most
/// `TableLayout.slack` entries past the last window of the last row, which the tables have.
@inline(__always)
func cornerValue<T: TableEntries>(
    _ node: UnsafePointer<BoundNode>, _ corners: UnsafePointer<BoundCorner>, _ place: UnsafeRawPointer, as: T.Type
) -> T {
    let rows = node.pointee.rows, columns = node.pointee.columns
    @inline(__always) func at(_ row: Int32, _ column: Int32) -> T { T.load(place + Int(row) + Int(column)) }
    // The difference of two rows at a column, or of two columns at a row.
    @inline(__always) func down(_ column: Int32) -> T { .minus(at(rows.0, column), at(rows.1, column)) }
    @inline(__always) func across(_ row: Int32) -> T { .minus(at(row, columns.0), at(row, columns.1)) }
    @inline(__always) func two(_ a: T, _ b: T, _ c: T) -> T { .minus(.plus(a, c), .plus(b, b)) }
    @inline(__always) func three(_ a: T, _ b: T, _ c: T, _ d: T) -> T {
        let inner = T.minus(b, c)
        return .minus(.minus(.minus(a, d), inner), .plus(inner, inner))
    }
    switch node.pointee.layout {
    case .twoAcross: return two(down(columns.0), down(columns.1), down(columns.2))
    case .twoDown: return two(across(rows.0), across(rows.1), across(rows.2))
    case .threeAcross: return three(down(columns.0), down(columns.1), down(columns.2), down(columns.3))
    case .threeDown: return three(across(rows.0), across(rows.1), across(rows.2), across(rows.3))
    case .chequered:
        @inline(__always) func row(_ y: Int32) -> T { two(at(y, columns.0), at(y, columns.1), at(y, columns.2)) }
        return two(row(rows.0), row(rows.1), row(rows.2))
    case .other:
        var sum = T.zero
        let first = corners + Int(rows.0)
        for i in 0..<Int(rows.1) { sum = .plus(sum, .times(.load(place + Int(first[i].offset)), first[i].weight)) }
        return sum
    }
}
