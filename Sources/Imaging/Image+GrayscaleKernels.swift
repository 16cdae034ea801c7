extension Image {
    /// (red R + green G + blue B + 16384) >> 15 of each pixel.
    /// - Precondition: weights that are not negative and sum to 32768.
    /// - Complexity: O(pixels).
    package func weightedGray(red: Int32, green: Int32, blue: Int32) -> Gray {
        let count = width * height
        let plane = [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
            pixels.withUnsafeBufferPointer { source in
                for i in 0..<count {
                    let r = Int32(source[3 * i]), g = Int32(source[3 * i + 1]), b = Int32(source[3 * i + 2])
                    target[i] = UInt8(truncatingIfNeeded: (red &* r &+ green &* g &+ blue &* b &+ 16384) >> 15)
                }
            }
            initialized = count
        }
        return Gray(width: width, height: height, pixels: plane)
    }
}
