import Support

/// The sums over y, x of down(k, y) across(l, x) p(y, x) for k and l below `count`, row by row.
///
/// Columns first, eight at a time, for four values of k together; of these sums there are only `count` rows left for the other
/// axis. Unchecked reads: `down` holds height x count numbers, `across` width x count; columns beyond the last whole eight are
/// done by eight that end there, or one by one in pictures narrower than that.
func lowFrequencies(_ gray: Gray, down: [Float], across: [Float], count: Int) -> [Float] {
    let (width, height) = (gray.width, gray.height)
    precondition(down.count == height * count && across.count == width * count, "a wave for each row and column")
    var memory = KernelMemory<Float>(capacity: 8 * height + count * width)
    let (strip, sums) = (memory.take(8 * height), memory.take(count * width))
    gray.pixels.withUnsafeBufferPointer { pixels in
        down.withUnsafeBufferPointer { down in
            var left = 0
            while left < width {
                let columns = min(8, width)
                left = min(left, width - columns)
                for y in 0..<height {
                    let row = pixels.baseAddress! + y * width + left
                    for x in 0..<8 { strip[8 * y + x] = x < columns ? Float(Int32(row[x])) : 0 }
                }
                sumColumns(strip, height, down.baseAddress!, count, to: sums + left, pitch: width, columns: columns)
                left += columns
            }
        }
    }
    return [Float](unsafeUninitializedCapacity: count * count) { target, initialized in
        target.initialize(repeating: 0)
        across.withUnsafeBufferPointer { across in
            for k in 0..<count {
                let (row, result) = (sums + k * width, target.baseAddress! + k * count)
                for x in 0..<width {
                    let wave = across.baseAddress! + x * count
                    for l in 0..<count { result[l] += row[x] * wave[l] }
                }
            }
        }
        initialized = count * count
    }
}

/// For each k the weighted sums of eight columns.
private func sumColumns(
    _ strip: UnsafePointer<Float>, _ height: Int, _ waves: UnsafePointer<Float>, _ count: Int, to sums: UnsafeMutablePointer<Float>,
    pitch: Int, columns: Int
) {
    @inline(__always) func row(_ y: Int) -> SIMD8<Float> { UnsafeRawPointer(strip + 8 * y).loadUnaligned(as: SIMD8<Float>.self) }
    @inline(__always) func keep(_ sum: SIMD8<Float>, _ k: Int) {
        for x in 0..<columns { sums[k * pitch + x] = sum[x] }
    }
    var k = 0
    while k + 4 <= count {
        var (a, b, c, d) = (SIMD8<Float>(), SIMD8<Float>(), SIMD8<Float>(), SIMD8<Float>())
        for y in 0..<height {
            let (value, wave) = (row(y), waves + y * count + k)
            a += wave[0] * value
            b += wave[1] * value
            c += wave[2] * value
            d += wave[3] * value
        }
        keep(a, k)
        keep(b, k + 1)
        keep(c, k + 2)
        keep(d, k + 3)
        k += 4
    }
    while k < count {
        var sum = SIMD8<Float>()
        for y in 0..<height { sum += waves[y * count + k] * row(y) }
        keep(sum, k)
        k += 1
    }
}
