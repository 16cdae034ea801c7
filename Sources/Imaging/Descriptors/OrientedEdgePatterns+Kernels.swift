/// For each direction, given by the cosine and sine of its double angle, the part of every gradient's length that lies in it.
///
/// Unchecked reads: neighbours are clamped to the plane.
func orientedMagnitudes(of plane: NumberPlane<Float>, along directions: [SIMD2<Float>]) -> [NumberPlane<Float>] {
    let (width, height) = (plane.columns, plane.rows)
    let count = width * height
    var lengths = [Float](repeating: 0, count: count)
    var cosines = lengths
    var sines = lengths
    plane.values.withUnsafeBufferPointer { pixels in
        for y in 0..<height {
            let row = pixels.baseAddress! + y * width
            let above = pixels.baseAddress! + max(y - 1, 0) * width
            let below = pixels.baseAddress! + min(y + 1, height - 1) * width
            func measure(_ x: Int, _ gx: Float) {
                let gy = below[x] - above[x]
                let (squareX, squareY) = (gx * gx, gy * gy)
                let length = (squareX + squareY).squareRoot()
                // Gradients are whole numbers: a length is 0 or at least 1.
                let divisor = max(length, 1)
                let i = y * width + x
                lengths[i] = length
                cosines[i] = (squareX - squareY) / divisor
                sines[i] = 2 * gx * gy / divisor
            }
            measure(0, row[min(1, width - 1)] - row[0])
            for x in stride(from: 1, to: width - 1, by: 1) { measure(x, row[x + 1] - row[x - 1]) }
            if width > 1 { measure(width - 1, row[width - 1] - row[width - 2]) }
        }
    }
    return directions.map { direction in
        var energies = [Float](repeating: 0, count: count)
        for i in 0..<count { energies[i] = (lengths[i] + cosines[i] * direction.x + sines[i] * direction.y) * 0.5 }
        return NumberPlane(rows: height, columns: width, values: energies)
    }
}

/// The square root of each value times `scale`, rounded to even, from 0 to 255; values below 0 (by rounding) count as 0.
func rootLevels(of plane: NumberPlane<Float>, scale: Float) -> Gray {
    let count = plane.values.count
    let pixels = [UInt8](unsafeUninitializedCapacity: count) { levels, initialized in
        plane.values.withUnsafeBufferPointer { values in
            for i in 0..<count {
                let root = min(max(values[i], 0).squareRoot() * scale, 255)
                // 1.5 x 2^23: the sum's low bits are the root, rounded to even.
                levels[i] = UInt8(truncatingIfNeeded: (root + 12_582_912).bitPattern)
            }
        }
        initialized = count
    }
    return Gray(width: plane.columns, height: plane.rows, pixels: pixels)
}
