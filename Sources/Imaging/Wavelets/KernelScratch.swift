/// Uninitialised memory for one transform, handed out piece by piece and freed at once.
struct KernelScratch<S: WaveletScalar>: ~Copyable {
    private let base: UnsafeMutablePointer<S>
    private let capacity: Int
    private var used = 0

    /// Room for `capacity` numbers.
    init(capacity: Int) {
        PlaneMemory.keepsFreedPages
        base = UnsafeMutablePointer<S>.allocate(capacity: max(capacity, 1))
        PlaneMemory.useHugePages(base, byteCount: capacity * MemoryLayout<S>.stride)
        self.capacity = capacity
    }

    deinit { base.deallocate() }

    /// The next `count` numbers' place.
    mutating func take(_ count: Int) -> UnsafeMutablePointer<S> {
        precondition(used + count <= capacity, "scratch memory of \(capacity) numbers is too small")
        defer { used += count }
        return base + used
    }

    /// The next place, filled with `values`.
    mutating func take(_ values: [Double]) -> UnsafePointer<S> {
        let place = take(values.count)
        for i in 0..<values.count { place[i] = S(values[i]) }
        return UnsafePointer(place)
    }
}
