import Imaging
import Support

// Bounds: `words` holds 4 numbers a hash; every place below is less than `count`.

extension NearHashes {
    /// Edges between the hashes of a block and all before them.
    func allPairs(of block: Range<Int>, within bits: Int) -> [Edge] {
        var found = JoinedHashes(count: count)
        words.withUnsafeBufferPointer { words in
            guard let base = words.baseAddress else { return }
            for first in block {
                let a = base + 4 * first
                for second in 0..<first where distance(a, base + 4 * second) <= bits { found.join(first, second) }
            }
        }
        return found.edges
    }

    /// Edges between hashes whose buckets by `word` differ in at most `reach` bits.
    func bucketPairs(word: Int, reach: Int, within bits: Int) -> [Edge] {
        let buckets = buckets(word: word)
        var starts = [Int](repeating: 0, count: Self.bucketCount + 1)
        for bucket in buckets { starts[bucket + 1] += 1 }
        for bucket in 0..<Self.bucketCount { starts[bucket + 1] += starts[bucket] }
        var next = starts
        var order = [Int](repeating: 0, count: count)
        for (hash, bucket) in buckets.enumerated() {
            order[next[bucket]] = hash
            next[bucket] += 1
        }
        // Bucket after bucket, so that comparing two of them runs through memory.
        let sorted = [UInt64](writing: words.count) { target in
            for (place, hash) in order.enumerated() {
                for word in 0..<4 { target[4 * place + word] = words[4 * hash + word] }
            }
        }
        let masks = Self.masks(reach: reach)
        var found = JoinedHashes(count: count)
        sorted.withUnsafeBufferPointer { sorted in
            guard let base = sorted.baseAddress else { return }
            for bucket in 0..<Self.bucketCount where starts[bucket] < starts[bucket + 1] {
                let own = starts[bucket]..<starts[bucket + 1]
                for mask in masks {
                    let other = bucket ^ mask
                    guard other >= bucket, starts[other] < starts[other + 1] else { continue }
                    for first in own {
                        let a = base + 4 * first
                        for second in (mask == 0 ? first + 1 : starts[other])..<starts[other + 1]
                        where distance(a, base + 4 * second) <= bits { found.join(order[first], order[second]) }
                    }
                }
            }
        }
        return found.edges
    }

    /// Whether any hash differs from `hash` in at most `bits` bits.
    /// - Complexity: O(hashes).
    package func containsOne(near hash: DifferenceHash, within bits: Int) -> Bool {
        words.withUnsafeBufferPointer { words in
            hash.words.withUnsafeBufferPointer { own in
                guard let base = words.baseAddress, let own = own.baseAddress else { return false }
                return (0..<count).contains { distance(own, base + 4 * $0) <= bits }
            }
        }
    }
}

/// How many of 256 bits differ.
@inline(__always)
private func distance(_ a: UnsafePointer<UInt64>, _ b: UnsafePointer<UInt64>) -> Int {
    let low = (a[0] ^ b[0]).nonzeroBitCount + (a[1] ^ b[1]).nonzeroBitCount
    return low + (a[2] ^ b[2]).nonzeroBitCount + (a[3] ^ b[3]).nonzeroBitCount
}
