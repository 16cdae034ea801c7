/// A half-open range of indices, as it lies in plain memory: `Range` itself is not `BitwiseCopyable`.
struct IndexRange: BitwiseCopyable, Sendable, Sequence {
    let lowerBound: Int
    let upperBound: Int

    @inline(__always)
    init(_ range: Range<Int>) {
        lowerBound = range.lowerBound
        upperBound = range.upperBound
    }

    @inline(__always) var range: Range<Int> { Range(uncheckedBounds: (lowerBound, upperBound)) }
    @inline(__always) var count: Int { upperBound - lowerBound }
    @inline(__always) func makeIterator() -> IndexingIterator<Range<Int>> { range.makeIterator() }
}
