/// Memory that a kernel works in: the one owner of raw memory, freed when it goes out of scope or with the object it is part of.
///
/// Pointers into it are used in files named `+Kernels.swift` and only while it lives. Numbers are not initialised unless an
/// initialiser says so.
@usableFromInline
package struct KernelMemory<Element: BitwiseCopyable>: ~Copyable {
    /// The first of `capacity` elements.
    @usableFromInline package let start: UnsafeMutablePointer<Element>
    @usableFromInline package let capacity: Int
    @usableFromInline var used: Int

    /// Room for `capacity` elements; blocks of 4 MB and more lie on huge pages where the system has them.
    @inlinable
    package init(capacity: Int) {
        start = .allocate(capacity: max(capacity, 1))
        self.capacity = capacity
        used = 0
        PageAdvice.prepare(start, byteCount: capacity * MemoryLayout<Element>.stride)
    }

    /// `count` times `value`.
    @inlinable
    package init(repeating value: Element, count: Int) {
        self.init(capacity: count)
        start.initialize(repeating: value, count: count)
    }

    /// The elements of `values`.
    @inlinable
    package init(_ values: [Element]) {
        self.init(capacity: values.count)
        values.withUnsafeBufferPointer { source in
            if let first = source.baseAddress { start.initialize(from: first, count: source.count) }
        }
    }

    @inlinable deinit { start.deallocate() }

    /// The place of the next `count` elements that were not taken yet, for one block that serves several tables.
    /// - Precondition: so many are left.
    @inlinable
    package mutating func take(_ count: Int) -> UnsafeMutablePointer<Element> {
        precondition(used + count <= capacity, "kernel memory of \(capacity) elements is too small")
        defer { used += count }
        return start + used
    }
}

// Safe to send: it is the only owner of its memory.
extension KernelMemory: @unchecked Sendable where Element: Sendable {}
