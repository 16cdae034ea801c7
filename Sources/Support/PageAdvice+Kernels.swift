#if canImport(Glibc)
    import Glibc
#endif

/// How large blocks of numbers get their memory.
///
/// New memory can cost several times what a kernel does with it: the system clears and maps it page by page when it is first
/// touched, a microsecond for every 4 KB. Blocks of 4 MB and more are therefore requested in huge pages, as NumPy does; smaller
/// ones are to find the pages that freed ones leave behind.
@usableFromInline
package enum PageAdvice {
    /// To be called for a block that has not been touched yet.
    @inlinable
    package static func prepare(_ start: UnsafeMutableRawPointer, byteCount: Int) {
        // Small blocks come from the allocator's free lists and need neither.
        guard byteCount >= 64 << 10 else { return }
        prepareLarge(start, byteCount: byteCount)
    }

    /// ``prepare(_:byteCount:)`` for blocks that are not small.
    @usableFromInline
    package static func prepareLarge(_ start: UnsafeMutableRawPointer, byteCount: Int) {
        freedPagesStay
        useHugePages(start, byteCount: byteCount)
    }

    /// glibc returns freed memory to the system once twice the size of the largest block it has mapped and seen freed lies
    /// unused (mallopt(3), M_MMAP_THRESHOLD), at first 256 KB. A block of 8 MB that nobody touches, allocated and freed once,
    /// makes that 16 MB, as decoding one photo does.
    private static let freedPagesStay: Void = {
        #if canImport(Glibc)
            UnsafeMutableRawPointer.allocate(byteCount: 8 << 20, alignment: 16).deallocate()
        #endif
    }()

    /// Asks for huge pages (2 MB) under the whole ones of a large block.
    private static func useHugePages(_ start: UnsafeMutableRawPointer, byteCount: Int) {
        #if canImport(Glibc)
            guard byteCount >= 4 << 20 else { return }
            let page: UInt = 2 << 20
            let first = (UInt(bitPattern: start) + page - 1) & ~(page - 1)
            let end = (UInt(bitPattern: start) + UInt(byteCount)) & ~(page - 1)
            guard end > first else { return }
            // Advice: where the system has no huge pages to give, nothing changes.
            _ = madvise(UnsafeMutableRawPointer(bitPattern: first), Int(end - first), MADV_HUGEPAGE)
        #endif
    }
}
