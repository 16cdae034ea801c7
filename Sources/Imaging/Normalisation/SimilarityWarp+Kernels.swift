/// Every pixel of a new picture, interpolated in Float between four source pixels and rounded to even.
///
/// Unchecked reads: places are clamped to the source's pixels.
func warpedPixels(_ pixels: [UInt8], _ source: Size, channels: Int, _ warp: SimilarityWarp, _ size: Size) -> [UInt8] {
    let (lastX, lastY) = (Double(source.width - 1), Double(source.height - 1))
    let pitch = source.width * channels
    return [UInt8](unsafeUninitializedCapacity: size.area * channels) { target, initialized in
        pixels.withUnsafeBufferPointer { pixels in
            for v in 0..<size.height {
                for u in 0..<size.width {
                    let place = warp.source(of: Place(Double(u), Double(v)))
                    let x = min(max(place.x, 0), lastX)
                    let y = min(max(place.y, 0), lastY)
                    let (left, top) = (Int(x), Int(y))
                    let across = left + 1 < source.width ? channels : 0
                    let down = top + 1 < source.height ? pitch : 0
                    let (fx, fy) = (Float(x - Double(left)), Float(y - Double(top)))
                    let first = pixels.baseAddress! + top * pitch + left * channels
                    for channel in 0..<channels {
                        let pixel = first + channel
                        let upper = Float(pixel[0]) * (1 - fx) + Float(pixel[across]) * fx
                        let lower = Float(pixel[down]) * (1 - fx) + Float(pixel[down + across]) * fx
                        let value = upper * (1 - fy) + lower * fy
                        target[(v * size.width + u) * channels + channel] = UInt8(value.rounded(.toNearestOrEven))
                    }
                }
            }
        }
        initialized = size.area * channels
    }
}
