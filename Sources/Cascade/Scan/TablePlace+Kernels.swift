/// Where a window (or the first of 16) lies in each table.
struct TablePlace {
    var upright16: UnsafeRawPointer
    var upright32: UnsafeRawPointer
    var tilted16: UnsafeRawPointer
    var tilted32: UnsafeRawPointer

    @inline(__always)
    init(_ tables: StripeTables, entry at: Int) {
        upright16 = UnsafeRawPointer(tables.sums16 + at)
        upright32 = UnsafeRawPointer(tables.sums32 + at)
        tilted16 = tables.needsTilted16 ? UnsafeRawPointer(tables.tilted16 + at) : upright16
        tilted32 = tables.needsTilted16 || tables.needsTilted32 ? UnsafeRawPointer(tables.tilted32 + at) : upright32
    }

    /// The place `lane` windows further.
    @inline(__always)
    func advanced(by lane: Int) -> TablePlace {
        var place = self
        place.upright16 += 2 * lane
        place.upright32 += 4 * lane
        place.tilted16 += 2 * lane
        place.tilted32 += 4 * lane
        return place
    }

    @inline(__always)
    func table(of plane: HaarProgram.Plane) -> UnsafeRawPointer {
        switch plane {
        case .upright16: upright16
        case .upright32: upright32
        case .tilted16: tilted16
        case .tilted32, .float: tilted32
        }
    }
}
