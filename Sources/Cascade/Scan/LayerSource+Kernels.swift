import Imaging

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

    /// - Parameter columns: all of the layer's where the layer is made on the way.
    func write(row: Int, columns: Range<Int>, to target: UnsafeMutablePointer<UInt8>) {
        if let rows {
            rows.write(row: row, to: target)
        } else {
            target.update(from: source + row * width + columns.lowerBound, count: columns.count)
        }
    }
}

extension Gray {
    /// Calls `body` with the rows of this plane shrunk to `size`.
    func withSource<T>(of size: Size, _ body: (LayerSource) -> T) -> T {
        pixels.withUnsafeBufferPointer { pixels in
            body(LayerSource(pixels.baseAddress!, picture: self.size, layer: size))
        }
    }
}
