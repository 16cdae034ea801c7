/// Sorts 64-bit keys by some of their bits.
enum RadixSort {
    /// Stable. Only bits `firstBit`..<`firstBit + bits` count; `spare` is scratch space of the same size.
    /// - Complexity: O(count * bits / 8); below 48 keys an insertion sort.
    @inline(__always)
    static func sort(_ keys: inout [UInt64], spare: inout [UInt64], count: Int, firstBit: Int, bits: Int) {
        keys.withUnsafeMutableBufferPointer { keys in
            spare.withUnsafeMutableBufferPointer { spare in
                guard let keys = keys.baseAddress, let spare = spare.baseAddress, count > 1 else { return }
                sort(keys, spare: spare, count: count, firstBit: firstBit, bits: bits)
            }
        }
    }

    /// As above on storage of at least `count` keys each.
    static func sort(
        _ keys: UnsafeMutablePointer<UInt64>, spare: UnsafeMutablePointer<UInt64>, count: Int, firstBit: Int, bits: Int
    ) {
        if count < 48 {
            insertionSort(keys, count: count, shift: UInt64(firstBit))
            return
        }
        var source = keys
        var target = spare
        withUnsafeTemporaryAllocation(of: Int.self, capacity: 256) { places in
            for shift in stride(from: UInt64(firstBit), to: UInt64(firstBit + bits), by: 8) {
                places.initialize(repeating: 0)
                for index in 0..<count { places[Int((source[index] &>> shift) & 0xFF)] &+= 1 }
                var sum = 0
                for digit in 0..<256 {
                    let size = places[digit]
                    places[digit] = sum
                    sum &+= size
                }
                for index in 0..<count {
                    let digit = Int((source[index] &>> shift) & 0xFF)
                    target[places[digit]] = source[index]
                    places[digit] &+= 1
                }
                swap(&source, &target)
            }
        }
        if source != keys { keys.update(from: source, count: count) }
    }

    @inline(__always)
    private static func insertionSort(_ keys: UnsafeMutablePointer<UInt64>, count: Int, shift: UInt64) {
        for index in 1..<max(count, 1) {
            let key = keys[index]
            let order = key &>> shift
            var place = index
            while place > 0 && keys[place - 1] &>> shift > order {
                keys[place] = keys[place - 1]
                place -= 1
            }
            keys[place] = key
        }
    }
}
