import Imaging
import Support

/// Many 256-bit hashes side by side, and the pairs among them that differ in few bits.
///
/// Cut into 16 words of 16 bits, two hashes that differ in at most r bits have, with q = r / 16 and a = r mod 16, a word among the
/// first a + 1 that differs in at most q bits or one among the others that differs in at most q - 1: if none did, at least
/// (a + 1)(q + 1) + (15 - a) q = r + 1 bits would differ (the pigeonhole of Norouzi, Punjani and Fleet, "Fast exact search in Hamming
/// space with multi-index hashing", TPAMI 2014). So for every word the hashes are sorted into 65,536 buckets, and only
/// buckets whose numbers are that near are compared: of hashes that spread over the buckets few pairs, and none is missed.
///
/// Pictures of one kind, faces say, agree in many bits and crowd some buckets. What a comparison of buckets would cost is counted first; where
/// comparing all pairs, which runs straight through memory, is cheaper, that is done.
package struct NearHashes: Sendable {
    static let wordCount = 16
    static let bucketCount = 1 << 16
    /// Below so many hashes all pairs are compared without asking.
    static let fewHashes = 2048
    /// So many pairs of a straight run cost what one pair of small buckets costs.
    static let straightPairs = 4
    private static let piecesAtOnce = 16

    /// Four words of 64 bits a hash.
    let words: [UInt64]

    /// - Complexity: O(hashes).
    package init(_ hashes: some Sequence<DifferenceHash>) {
        words = hashes.flatMap(\.words)
    }

    /// How many hashes there are.
    package var count: Int { words.count / 4 }

    /// Two hashes that belong together, by their places.
    package typealias Edge = (first: Int, second: Int)

    /// Pairs that connect exactly the hashes which chains of pairs differing in at most `bits` bits connect: not all such pairs, but enough of
    /// them, fewer than there are hashes.
    /// - Parameters:
    ///   - bits: 0 to 255.
    ///   - compares: nil chooses what is cheaper; else buckets or all pairs.
    /// - Complexity: near O(hashes) where they spread, at most O(hashes²) comparisons of 256 bits.
    package func edges(within bits: Int, threads: Int, comparing compares: Comparison? = nil) -> [Edge] {
        var joined = JoinedHashes(count: count)
        func join(_ pieces: Int, _ edges: @Sendable (Int) -> [Edge]) {
            // Some pieces at a time: where nearly all hashes are near, each has as many edges as there are hashes.
            for first in stride(from: 0, to: pieces, by: Self.piecesAtOnce) {
                let found = Parallel.map(min(Self.piecesAtOnce, pieces - first), threads: threads) { edges(first + $0) }
                for edge in found.joined() { joined.join(edge.first, edge.second) }
            }
        }
        switch compares ?? cheaper(within: bits, threads: threads) {
        case .allPairs:
            let block = 1024
            join((count + block - 1) / block) { allPairs(of: $0 * block..<min(($0 + 1) * block, count), within: bits) }
        case .buckets:
            join(Self.wordCount) { word in
                Self.reach(of: word, within: bits).map { bucketPairs(word: word, reach: $0, within: bits) } ?? []
            }
        }
        return joined.edges
    }

    /// Which pairs are looked at.
    package enum Comparison: Sendable {
        case allPairs
        case buckets
    }

    /// In how many bits a word may differ for its buckets to be compared; nil where the other words suffice.
    static func reach(of word: Int, within bits: Int) -> Int? {
        let reach = word <= bits % wordCount ? bits / wordCount : bits / wordCount - 1
        return reach >= 0 ? reach : nil
    }

    /// All 16-bit numbers with at most `reach` bits set.
    static func masks(reach: Int) -> [Int] {
        (0..<bucketCount).filter { $0.nonzeroBitCount <= reach }
    }

    private func cheaper(within bits: Int, threads: Int) -> Comparison {
        guard count > Self.fewHashes else { return .allPairs }
        let all = Double(count) * Double(count) / 2
        let inBuckets = Parallel.map(Self.wordCount, threads: threads) { word in
            Self.reach(of: word, within: bits).map { bucketCost(word: word, reach: $0) } ?? 0
        }.reduce(0, +)
        return inBuckets * Double(Self.straightPairs) < all ? .buckets : .allPairs
    }

    /// How many pairs a word's buckets would have compared.
    private func bucketCost(word: Int, reach: Int) -> Double {
        var sizes = [Int](repeating: 0, count: Self.bucketCount)
        for bucket in buckets(word: word) { sizes[bucket] += 1 }
        let masks = Self.masks(reach: reach)
        var pairs = 0
        for (bucket, size) in sizes.enumerated() where size > 0 {
            for mask in masks { pairs += size * sizes[bucket ^ mask] }
        }
        return Double(pairs) / 2
    }

    /// The bucket of every hash by one word. The word's bits stand in 16 rows and 16 columns of the picture, since neighbouring bits agree
    /// too often to spread hashes.
    func buckets(word: Int) -> [Int] {
        let places = (0..<16).map { row in 16 * row + (word + 5 * row) % 16 }
        return (0..<count).map { hash in
            places.reduce(0) { bucket, bit in bucket << 1 | Int(words[4 * hash + bit >> 6] >> UInt64(63 - bit & 63) & 1) }
        }
    }
}

/// Edges that joined something: never as many as there are hashes.
struct JoinedHashes {
    private var groups: UnionFind
    private(set) var edges: [NearHashes.Edge] = []

    init(count: Int) { groups = UnionFind(count: count) }

    mutating func join(_ first: Int, _ second: Int) {
        guard groups.root(of: first) != groups.root(of: second) else { return }
        groups.join(first, second)
        edges.append((first, second))
    }
}
