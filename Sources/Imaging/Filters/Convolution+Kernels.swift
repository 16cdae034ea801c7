import Support

/// Convolution with kernels of odd length along one axis, the border mirrored with its last sample repeated.
///
/// Each output row is a weighted sum of whole rows: down a column of the plane's own, along a row of one line read at
/// different starts. Terms are added in the order of the kernel. Unchecked reads: strips and lines are longer than the plane
/// by the kernel's radius on both sides.
enum Convolution {
    /// The sum of planes of one size, each convolved down its columns with its own kernel.
    /// - Parameter planes: as many planes of `size` as there are kernels, one after the other.
    static func down(_ planes: [Double], size: Size, _ kernels: [[Double]]) -> NumberPlane<Double> {
        precondition(planes.count == kernels.count * size.area, "each kernel has a plane of \(size)")
        let weights = kernels.flatMap { $0 }
        let stripRows = kernels.reduce(0) { $0 + size.height + $1.count - 1 }
        let memory = KernelMemory<Double>(repeating: 0, count: stripWidth * stripRows)
        let strips = memory.start
        let values = [Double](writing: size.area) { target in
            planes.withUnsafeBufferPointer { planes in
                weights.withUnsafeBufferPointer { weights in
                    for left in stride(from: 0, to: size.width, by: stripWidth) {
                        let columns = min(stripWidth, size.width - left)
                        var strip = strips
                        for (i, kernel) in kernels.enumerated() {
                            let plane = planes.baseAddress! + i * size.area + left
                            for y in 0..<size.height + kernel.count - 1 {
                                let row = mirrored(y - kernel.count / 2, size.height)
                                strip.update(from: plane + row * size.width, count: columns)
                                strip += stripWidth
                            }
                        }
                        sumStrips(strips, kernels.map(\.count), weights.baseAddress!, to: target + left, size, columns: columns)
                    }
                }
            }
        }
        return NumberPlane(rows: size.height, columns: size.width, values: values)
    }

    /// Columns that are summed together: four vectors, so that each addition need not wait for the one before it. A strip of a
    /// plane lies in one piece, since rows a power of two apart would push each other out of the nearest cache.
    private static let stripWidth = 16

    /// The columns of one strip. In `strips` the extended rows of one plane follow those of another.
    private static func sumStrips(
        _ strips: UnsafePointer<Double>, _ taps: [Int], _ weights: UnsafePointer<Double>, to target: UnsafeMutablePointer<Double>,
        _ size: Size, columns: Int
    ) {
        let memory = KernelMemory<Double>(capacity: stripWidth)
        let sums = memory.start
        for y in 0..<size.height {
            var (a, b, c, d) = (SIMD4<Double>(), SIMD4<Double>(), SIMD4<Double>(), SIMD4<Double>())
            var (strip, weight) = (strips, weights)
            for count in taps {
                var row = strip + (y + count - 1) * stripWidth
                for k in 0..<count {
                    a += weight[k] * vector(row)
                    b += weight[k] * vector(row + 4)
                    c += weight[k] * vector(row + 8)
                    d += weight[k] * vector(row + 12)
                    row -= stripWidth
                }
                strip += (size.height + count - 1) * stripWidth
                weight += count
            }
            store(a, sums)
            store(b, sums + 4)
            store(c, sums + 8)
            store(d, sums + 12)
            (target + y * size.width).update(from: sums, count: columns)
        }
    }

    /// Each row convolved.
    static func along(_ plane: NumberPlane<Double>, _ kernel: [Double]) -> NumberPlane<Double> {
        let (rows, columns, radius) = (plane.rows, plane.columns, kernel.count / 2)
        let memory = KernelMemory<Double>(capacity: columns + 2 * radius)
        let line = memory.start
        let sources = kernel.indices.map { UnsafePointer(line + 2 * radius - $0) }
        let values = [Double](writing: rows * columns) { target in
            plane.values.withUnsafeBufferPointer { source in
                for y in 0..<rows {
                    let row = source.baseAddress! + y * columns
                    (line + radius).update(from: row, count: columns)
                    for x in 0..<radius {
                        line[x] = row[mirrored(x - radius, columns)]
                        line[radius + columns + x] = row[mirrored(columns + x, columns)]
                    }
                    sumRows(sources, kernel, to: target + y * columns, count: columns)
                }
            }
        }
        return NumberPlane(rows: rows, columns: columns, values: values)
    }

    private static func mirrored(_ place: Int, _ count: Int) -> Int {
        var r = place % (2 * count)
        if r < 0 { r += 2 * count }
        return min(r, 2 * count - 1 - r)
    }

    private static func sumRows(
        _ rows: [UnsafePointer<Double>], _ weights: [Double], to target: UnsafeMutablePointer<Double>, count: Int
    ) {
        rows.withUnsafeBufferPointer { rows in
            weights.withUnsafeBufferPointer { weights in
                var x = 0
                while x + stripWidth <= count {
                    var (a, b, c, d) = (SIMD4<Double>(), SIMD4<Double>(), SIMD4<Double>(), SIMD4<Double>())
                    for k in 0..<rows.count {
                        let (row, weight) = (rows[k] + x, weights[k])
                        a += weight * vector(row)
                        b += weight * vector(row + 4)
                        c += weight * vector(row + 8)
                        d += weight * vector(row + 12)
                    }
                    store(a, target + x)
                    store(b, target + x + 4)
                    store(c, target + x + 8)
                    store(d, target + x + 12)
                    x += stripWidth
                }
                while x < count {
                    var sum = 0.0
                    for k in 0..<rows.count { sum += weights[k] * rows[k][x] }
                    target[x] = sum
                    x += 1
                }
            }
        }
    }

    @inline(__always)
    private static func vector(_ p: UnsafePointer<Double>) -> SIMD4<Double> {
        UnsafeRawPointer(p).loadUnaligned(as: SIMD4<Double>.self)
    }

    @inline(__always)
    private static func store(_ v: SIMD4<Double>, _ p: UnsafeMutablePointer<Double>) {
        UnsafeMutableRawPointer(p).storeBytes(of: v, as: SIMD4<Double>.self)
    }
}
