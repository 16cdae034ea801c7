/// How often each of the 256 levels occurs.
///
/// Four counters for each level, which neighbouring pixels take in turn: equal neighbours need not wait for each other's sum.
func levelCounts(_ pixels: [UInt8]) -> [Int] {
    var counts = [UInt32](repeating: 0, count: 4 * 256)
    counts.withUnsafeMutableBufferPointer { counts in
        pixels.withUnsafeBufferPointer { pixels in addLevels(pixels.baseAddress!, pixels.count, to: counts.baseAddress!) }
    }
    return joinedCounts(counts)
}

/// The sums of each level's four counters.
func joinedCounts(_ counts: [UInt32]) -> [Int] {
    counts.withUnsafeBufferPointer { counts in
        (0..<256).map { Int(counts[$0]) + Int(counts[256 + $0]) + Int(counts[512 + $0]) + Int(counts[768 + $0]) }
    }
}

/// Adds a run of pixels to four tables of 256 counters.
@inline(__always)
func addLevels(_ pixels: UnsafePointer<UInt8>, _ count: Int, to counts: UnsafeMutablePointer<UInt32>) {
    var i = 0
    while i + 4 <= count {
        counts[Int(pixels[i])] &+= 1
        counts[256 + Int(pixels[i + 1])] &+= 1
        counts[512 + Int(pixels[i + 2])] &+= 1
        counts[768 + Int(pixels[i + 3])] &+= 1
        i += 4
    }
    while i < count {
        counts[Int(pixels[i])] &+= 1
        i += 1
    }
}

/// Each pixel replaced by its level's entry in a table of 256.
func replacingLevels(_ pixels: [UInt8], _ table: [UInt8]) -> [UInt8] {
    precondition(table.count == 256, "there are 256 levels")
    return [UInt8](unsafeUninitializedCapacity: pixels.count) { target, initialized in
        pixels.withUnsafeBufferPointer { pixels in
            table.withUnsafeBufferPointer { table in
                for i in 0..<pixels.count { target[i] = table[Int(pixels[i])] }
            }
        }
        initialized = pixels.count
    }
}
