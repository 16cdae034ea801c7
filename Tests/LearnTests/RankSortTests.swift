import Learn
import Testing

@Suite struct RankSortTests {
    /// Ranks as the nodes of trees have them: all of a root's, or few rows spread over many ranks. Row numbers in the lower part of
    /// the keys tell whether equal ranks keep their order.
    @Test(arguments: [1, 2, 16, 17, 63, 64, 1000, 2047, 2048, 4095, 4096, 4097, 6000], [2, 6, 200, 255, 256, 5000, 65536])
    func keysAreSortedByRankAndElseStay(count: Int, span: Int) {
        for first in [0, 65536 - span] {
            var generator = SeededGenerator(seed: UInt64(count * 65537 + span))
            let ranks = (0..<count).map { _ in first + generator.next(below: span) }
            let keys = ranks.enumerated().map { UInt64($0.element) << 48 | UInt64($0.offset) }
            var sorted = keys
            var spare = [UInt64](repeating: 0, count: count)
            sorted.withUnsafeMutableBufferPointer { sorted in
                spare.withUnsafeMutableBufferPointer { spare in
                    RankSort.sort(
                        sorted.baseAddress!, spare: spare.baseAddress!, count: count, lowest: ranks.min()!, highest: ranks.max()!)
                }
            }
            #expect(sorted == keys.sorted(), "from \(first)")
        }
    }
}
