import Foundation
import Support
import Testing

@Suite struct SmallToolTests {
    @Test func splitMixGivesItsAuthorsNumbers() {
        // The first outputs of the reference code (splitmix64.c by Vigna) for the seed 1234567.
        var generator = SplitMix64(seed: 1_234_567)
        let expected: [UInt64] = [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        #expect((0..<3).map { _ in generator.next() } == expected)
    }

    @Test(arguments: [("", 0xcbf2_9ce4_8422_2325 as UInt64), ("a", 0xaf63_dc4c_8601_ec8c), ("foobar", 0x8594_4171_f739_67e8)])
    func fnvGivesItsAuthorsNumbers(text: String, hash: UInt64) {
        #expect(FNV1a.hash(text.utf8) == hash)
    }

    @Test func hexadecimalThereAndBack() {
        let bytes = (0...255).map(UInt8.init)
        let text = Hexadecimal.string(bytes)
        #expect(text.hasPrefix("000102") && text.hasSuffix("fdfeff"))
        #expect(Hexadecimal.bytes(text) == bytes)
        #expect(Hexadecimal.bytes(text.uppercased()) == bytes)
        for wrong in ["0", "0g", "é0", " 00", "0x"] { #expect(Hexadecimal.bytes(wrong) == nil) }
    }

    @Test func joinedItemsShareAGroupNumberedByItsLowest() {
        var items = UnionFind(count: 7)
        items.join(5, 2)
        items.join(6, 5)
        items.join(3, 0)
        items.join(3, 0)
        #expect(items.groups() == [0, 1, 2, 0, 3, 2, 2])
        #expect(items.root(of: 6) == 2)
        var none = UnionFind(count: 0)
        #expect(none.groups().isEmpty)
    }

    @Test func equalValuesAreEqualBytesOfJSON() throws {
        let value = ["b/c": 1, "a": 2]
        #expect(String(decoding: try JSON.encode(value), as: UTF8.self) == #"{"a":2,"b/c":1}"#)
        #expect(String(decoding: try JSON.line([1]), as: UTF8.self) == "[1]\n")
        #expect(throws: EncodingError.self) { try JSON.encode([Double.nan]) }
    }

    @Test func aStopIsRequestedOnceForAll() {
        let cancellation = Cancellation()
        #expect(!cancellation.isRequested)
        cancellation.request()
        cancellation.request()
        #expect(cancellation.isRequested)
    }

    @Test func kernelMemoryHandsOutPiecesOfItself() {
        let filled = KernelMemory<Int32>(repeating: 7, count: 5)
        #expect((0..<5).map { filled.start[$0] } == [7, 7, 7, 7, 7])
        let copied = KernelMemory<Double>([1, 2, 3])
        #expect(copied.capacity == 3 && copied.start[2] == 3)
        var pieces = KernelMemory<UInt8>(capacity: 10)
        let (first, second) = (pieces.take(4), pieces.take(6))
        #expect(first == pieces.start && second == first + 4)
        let empty = KernelMemory<Float>([])
        #expect(empty.capacity == 0)
        // Large enough for the advice about pages.
        let large = KernelMemory<Double>(repeating: 1, count: 1 << 20)
        #expect(large.start[(1 << 20) - 1] == 1)
        #expect([Int](writing: 3) { target in for index in 0..<3 { target[index] = index } } == [0, 1, 2])
    }
}
