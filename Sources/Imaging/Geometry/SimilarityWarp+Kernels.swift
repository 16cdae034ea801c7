import Support

/// Every pixel of a new picture, interpolated in Float between four source pixels and rounded to even.
///
/// A row goes through three loops: places, fetching, interpolation; only the middle one goes pixel by pixel. Unchecked reads:
/// places are clamped to the source's pixels, and to the last but one of a side for the left and upper neighbour (the weight of
/// the other one is then 1).
package func warpedPixels(_ pixels: [UInt8], _ source: Size, channels: Int, _ warp: SimilarityWarp, _ size: Size) -> [UInt8] {
    let width = size.width
    // A source of one row or column has the same pixel on both sides.
    let across = source.width > 1 ? channels : 0
    let down = source.height > 1 ? source.width * channels : 0
    let blender = RowBlender(width: width)
    let places = RowPlaces(width: blender.width)
    return [UInt8](unsafeUninitializedCapacity: size.area * channels) { target, initialized in
        pixels.withUnsafeBufferPointer { pixels in
            for v in 0..<size.height {
                places.find(warp, row: Double(v), in: source, channels: channels)
                for u in 0..<2 * blender.width { blender.across[u] = Float(places.fractions[u]) }
                let row = target.baseAddress! + v * width * channels
                for channel in 0..<channels {
                    fetch(pixels.baseAddress! + channel, places.starts, across: across, down: down, count: width, to: blender.words)
                    blender.blend()
                    for u in 0..<width { row[u * channels + channel] = UInt8(truncatingIfNeeded: blender.words[u]) }
                }
            }
        }
        initialized = size.area * channels
    }
}

/// Where the pixels of one row of the new picture lie in the source.
private struct RowPlaces: ~Copyable {
    /// A whole number of vectors.
    let width: Int
    /// The upper left neighbour's first byte, added to 2^52.
    let starts: UnsafeMutablePointer<Double>
    /// The weights of the right neighbours, then those of the lower ones.
    let fractions: UnsafeMutablePointer<Double>

    private let memory: KernelMemory<Double>

    init(width: Int) {
        self.width = width
        memory = KernelMemory(capacity: 3 * width)
        starts = memory.start
        fractions = starts + width
    }

    func find(_ warp: SimilarityWarp, row: Double, in source: Size, channels: Int) {
        let (lastX, lastY) = (Double(source.width - 1), Double(source.height - 1))
        let (lastLeft, lastTop) = (max(lastX - 1, 0), max(lastY - 1, 0))
        let (pixel, pitch) = (Double(channels), Double(source.width * channels))
        let (a, b, shift) = (warp.a, warp.b, warp.shift)
        var ramp = SIMD4<Double>(0, 1, 2, 3)
        for u in stride(from: 0, to: width, by: 4) {
            let x = (a * ramp - b * row + shift.x).clamped(lowerBound: 0, upperBound: lastX)
            let y = (b * ramp + a * row + shift.y).clamped(lowerBound: 0, upperBound: lastY)
            let left = wholePart(x).clamped(lowerBound: 0, upperBound: lastLeft)
            let top = wholePart(y).clamped(lowerBound: 0, upperBound: lastTop)
            store(0x1p52 + (top * pitch + left * pixel), starts + u)
            store(x - left, fractions + u)
            store(y - top, fractions + width + u)
            ramp += 4
        }
    }
}

extension SIMD4<Double> {
    @inline(__always)
    fileprivate func clamped(lowerBound: Double, upperBound: Double) -> Self {
        let raised = Self(repeating: lowerBound).replacing(with: self, where: self .> lowerBound)
        return raised.replacing(with: upperBound, where: raised .> upperBound)
    }
}

/// The largest whole numbers not above x.
/// - Precondition: 0 <= x < 2^51.
@inline(__always)
private func wholePart(_ x: SIMD4<Double>) -> SIMD4<Double> {
    let rounded = x + 0x1p52 - 0x1p52
    return rounded.replacing(with: rounded - 1, where: rounded .> x)
}

@inline(__always)
private func store(_ v: SIMD4<Double>, _ p: UnsafeMutablePointer<Double>) {
    UnsafeMutableRawPointer(p).storeBytes(of: v, as: SIMD4<Double>.self)
}

/// Four neighbours in the bytes of a word: upper left, upper right, lower left, lower right.
private func fetch(
    _ pixels: UnsafePointer<UInt8>, _ starts: UnsafePointer<Double>, across: Int, down: Int, count: Int,
    to words: UnsafeMutablePointer<UInt32>
) {
    @inline(__always) func pixel(_ u: Int) -> UnsafePointer<UInt8> {
        pixels + Int(truncatingIfNeeded: starts[u].bitPattern & 0xF_FFFF_FFFF_FFFF)
    }
    if across == 1 {
        for u in 0..<count {
            let pixel = UnsafeRawPointer(pixel(u))
            let upper = UInt16(littleEndian: pixel.loadUnaligned(as: UInt16.self))
            let lower = UInt16(littleEndian: (pixel + down).loadUnaligned(as: UInt16.self))
            words[u] = UInt32(upper) | UInt32(lower) << 16
        }
    } else {
        for u in 0..<count {
            let pixel = pixel(u)
            let upper = UInt32(pixel[0]) | UInt32(pixel[across]) << 8
            words[u] = upper | UInt32(pixel[down]) << 16 | UInt32(pixel[down + across]) << 24
        }
    }
}
