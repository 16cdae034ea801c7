/// The elements of a small XML document, in document order, as offsets into its bytes.
///
/// Foundation's XMLParser calls back with a String for each of the 75,000 events of a cascade file, which alone takes longer
/// than the 20 ms that a cascade may take to load; and it would have to be told to leave entities alone. Cascade files are a
/// plain subset of XML: elements, attributes nobody reads, comments, numbers. This tree reads exactly that subset in one pass
/// over the bytes, copies no text, expands no entity (a document type declaration is refused), and bounds its depth.
struct XMLTree {
    struct Element {
        /// The name's bytes.
        var name: Range<Int>
        /// The bytes between the start and the end tag; empty for `<name/>`.
        var content: Range<Int>
        /// The index of the parent, -1 for the root.
        var parent: Int
        /// The index of the first element after this one that is not inside it.
        var next: Int
    }

    static let maximumDepth = 32

    let bytes: [UInt8]
    /// Parents before children, in document order; the first is the root.
    private(set) var elements: [Element] = []

    /// - Throws: `CascadeError.malformedXML` with the place.
    /// - Complexity: O(bytes) time, O(elements) space.
    init(_ bytes: [UInt8]) throws(CascadeError) {
        self.bytes = bytes
        var scanner = XMLScanner(bytes)
        elements = try scanner.scan()
    }

    /// The children of an element, in document order.
    func children(of index: Int) -> ChildSequence {
        ChildSequence(elements: elements, current: index + 1, end: elements[index].next)
    }

    /// The first child with this name.
    func child(_ name: StaticString, of index: Int) -> Int? {
        children(of: index).first { isNamed($0, name) }
    }

    func isNamed(_ index: Int, _ name: StaticString) -> Bool {
        let range = elements[index].name
        guard range.count == name.utf8CodeUnitCount else { return false }
        return name.withUTF8Buffer { wanted in bytes[range].elementsEqual(wanted) }
    }

    /// The names from the root to an element, for messages.
    func path(to index: Int) -> String {
        var names: [String] = []
        var at = index
        while at >= 0 {
            names.append(String(decoding: bytes[elements[at].name], as: UTF8.self))
            at = elements[at].parent
        }
        return names.reversed().joined(separator: "/")
    }

    func position(of offset: Int) -> SourcePosition { SourcePosition(offset: offset, in: bytes) }
    func position(ofElement index: Int) -> SourcePosition { position(of: elements[index].name.lowerBound) }

    struct ChildSequence: Sequence, IteratorProtocol {
        let elements: [XMLTree.Element]
        var current: Int
        let end: Int

        mutating func next() -> Int? {
            guard current < end else { return nil }
            defer { current = elements[current].next }
            return current
        }
    }
}

extension SourcePosition {
    init(offset: Int, in bytes: [UInt8]) {
        self.init(offset: offset, line: 1 + bytes.prefix(offset).count { $0 == UInt8(ascii: "\n") })
    }
}
