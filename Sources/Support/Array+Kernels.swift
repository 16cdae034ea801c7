extension Array {
    /// An array of `count` numbers that `body` writes, every one of them; `body` is not called for none.
    @inlinable
    package init(writing count: Int, _ body: (UnsafeMutablePointer<Element>) -> Void) {
        self.init(unsafeUninitializedCapacity: count) { target, initialized in
            if let start = target.baseAddress {
                PageAdvice.prepare(start, byteCount: count * MemoryLayout<Element>.stride)
                body(start)
            }
            initialized = count
        }
    }
}
