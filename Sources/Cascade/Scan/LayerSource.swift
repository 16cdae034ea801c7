import Imaging

/// Finds the windows of a layer that pass every stage. One instance belongs to one thread.
protocol LayerSearch: AnyObject {
    /// The hits among the windows whose rows are `rows`, by row, then column; none when the watch ended the search.
    /// - Parameter rows: starts on a multiple of the layer's step.
    func hits(in layer: ScalePlan.Layer, rows: Range<Int>, of source: LayerSource, _ watch: SearchWatch) -> [WindowHit]
}

/// Gives the rows of a shrunken picture one at a time.
struct LayerSource {
    private let rows: LinearExactRows?
    private let source: UnsafePointer<UInt8>
    private let width: Int

    /// - Precondition: `source` is a plane of the size of `picture` and outlives this value.
    init(_ source: UnsafePointer<UInt8>, picture: Size, layer: Size) {
        self.source = source
        width = picture.width
        rows = picture == layer ? nil : LinearExactRows(plan: LinearExactPlan(from: picture, to: layer), source: source)
    }

    func write(row: Int, to target: UnsafeMutablePointer<UInt8>) {
        if let rows {
            rows.write(row: row, to: target)
        } else {
            target.update(from: source + row * width, count: width)
        }
    }
}
