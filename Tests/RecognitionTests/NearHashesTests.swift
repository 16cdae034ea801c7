import Foundation
import Imaging
import Recognition
import Support
import TestSupport
import Testing

@Suite struct NearHashesTests {
    private static func hash(_ words: [UInt64]) -> DifferenceHash {
        DifferenceHash(
            words.map { String(repeating: "0", count: $0.leadingZeroBitCount / 4 - ($0 == 0 ? 1 : 0)) + String($0, radix: 16) }.joined())!
    }

    /// Hashes around centres, each with some bits turned: pairs on both sides of every limit.
    private static func clusters(_ count: Int, seed: UInt64, sharedBits: Int) -> [DifferenceHash] {
        var random = SplitMix64(seed: seed)
        let common = (0..<4).map { _ in random.next() }
        var hashes: [DifferenceHash] = []
        while hashes.count < count {
            var centre = (0..<4).map { _ in random.next() }
            for bit in 0..<sharedBits {
                centre[bit / 64] = centre[bit / 64] & ~(1 << UInt64(bit % 64)) | common[bit / 64] & (1 << UInt64(bit % 64))
            }
            for _ in 0..<Int(1 + random.next() % 6) {
                var words = centre
                for _ in 0..<Int(random.next() % 50) {
                    let bit = Int(random.next() % 256)
                    words[bit / 64] ^= 1 << UInt64(bit % 64)
                }
                hashes.append(hash(words))
            }
        }
        return Array(hashes.prefix(count))
    }

    /// The slow twin: connected components by all pairs.
    private static func groups(_ hashes: [DifferenceHash], within bits: Int) -> [Int] {
        var groups = UnionFind(count: hashes.count)
        for i in hashes.indices {
            for j in 0..<i where hashes[i].distance(to: hashes[j]) <= bits { groups.join(i, j) }
        }
        return groups.groups()
    }

    private static func groups(_ edges: [NearHashes.Edge], count: Int) -> [Int] {
        var groups = UnionFind(count: count)
        for edge in edges { groups.join(edge.first, edge.second) }
        return groups.groups()
    }

    @Test(arguments: [0, 1, 15, 16, 26, 40, 63])
    func bucketsAndStraightRunsFindTheGroupsOfAllPairs(bits: Int) {
        // Of 200 shared bits many buckets are crowded.
        for sharedBits in [0, 200] {
            let hashes = Self.clusters(400, seed: UInt64(bits), sharedBits: sharedBits)
            let expected = Self.groups(hashes, within: bits)
            let table = NearHashes(hashes)
            for comparison in [NearHashes.Comparison.buckets, .allPairs] {
                for threads in [1, 3] {
                    let edges = table.edges(within: bits, threads: threads, comparing: comparison)
                    #expect(Self.groups(edges, count: hashes.count) == expected)
                }
            }
        }
    }

    @Test func aPairAtTheLimitIsFoundHoweverItsBitsLie() {
        var random = SplitMix64(seed: 5)
        for bits in [26, 40] {
            for _ in 0..<40 {
                let first = (0..<4).map { _ in random.next() }
                var flipped = Set<Int>()
                while flipped.count < bits { flipped.insert(Int(random.next() % 256)) }
                var second = first
                for bit in flipped { second[bit / 64] ^= 1 << UInt64(bit % 64) }
                let table = NearHashes([Self.hash(first), Self.hash(second)])
                #expect(!table.edges(within: bits, threads: 1, comparing: .buckets).isEmpty)
                #expect(table.edges(within: bits - 1, threads: 1, comparing: .buckets).isEmpty)
            }
        }
    }

    @Test func manyHashesThatSpreadAreComparedByBuckets() {
        var random = SplitMix64(seed: 9)
        let spread = (0..<20_000).map { _ in Self.hash((0..<4).map { _ in random.next() }) }
        let table = NearHashes(spread + spread.prefix(100))
        let edges = table.edges(within: NearDuplicates.photoBits, threads: 2)
        #expect(Set(edges.map { min($0.first, $0.second) }) == Set(0..<100))
        #expect(edges.allSatisfy { max($0.first, $0.second) - min($0.first, $0.second) == 20_000 })
    }

    @Test func oneNearHashAmongManyIsSeen() {
        let hashes = Self.clusters(50, seed: 3, sharedBits: 0)
        let table = NearHashes(hashes)
        for hash in Self.clusters(50, seed: 4, sharedBits: 0) + hashes {
            #expect(table.containsOne(near: hash, within: 40) == hashes.contains { $0.distance(to: hash) <= 40 })
        }
        let none = NearHashes([DifferenceHash]())
        #expect(!none.containsOne(near: hashes[0], within: 256))
        #expect(none.edges(within: 40, threads: 2).isEmpty)
    }
}
