func corners(of rect: Rect, in sums: [Int32], columns: Int) -> Int32 {
    let top = rect.y * columns, bottom = rect.maxY * columns
    return sums[top + rect.x] &- sums[top + rect.maxX] &- sums[bottom + rect.x] &+ sums[bottom + rect.maxX]
}

@inline(__always)
func summedArea(_ gray: Gray, _ value: (UInt8) -> Int32) -> [Int32] {
    let columns = gray.width + 1
    return [Int32](unsafeUninitializedCapacity: columns * (gray.height + 1)) { sums, count in
        gray.pixels.withUnsafeBufferPointer { pixels in
            for x in 0..<columns { sums[x] = 0 }
            for y in 0..<gray.height {
                let row = (y + 1) * columns
                var running: Int32 = 0
                sums[row] = 0
                for x in 0..<gray.width {
                    running &+= value(pixels[y * gray.width + x])
                    sums[row + x + 1] = running &+ sums[row - columns + x + 1]
                }
            }
        }
        count = columns * (gray.height + 1)
    }
}
