/// One pass over the bytes of an XML document that finds its elements.
///
/// Every read is an array access behind a bounds test; whatever ends too early is an error with its place.
struct XMLScanner {
    private let bytes: [UInt8]
    private var at = 0
    private var elements: [XMLTree.Element] = []
    private var open: [Int] = []

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func scan() throws(CascadeError) -> [XMLTree.Element] {
        // OpenCV's rule too: the declaration stands first, without a byte order mark or a blank line before it.
        guard starts(with: "<?xml") else { throw error("the file does not start with <?xml") }
        elements.reserveCapacity(bytes.count / 24)
        try skip(past: "?>", what: "XML declaration")
        while at < bytes.count {
            if bytes[at] == UInt8(ascii: "<") {
                try markup()
            } else if open.isEmpty && !isXMLSpace(bytes[at]) {
                throw error("text outside the root element")
            } else {
                at += 1
            }
        }
        if let last = open.last { throw error("the file ends inside <\(name(of: last))>") }
        guard !elements.isEmpty else { throw error("the file has no element") }
        return elements
    }

    private mutating func markup() throws(CascadeError) {
        if starts(with: "<!--") {
            at += 4
            try skip(past: "-->", what: "comment")
        } else if starts(with: "</") {
            try endTag()
        } else if starts(with: "<?") {
            try skip(past: "?>", what: "processing instruction")
        } else if starts(with: "<!") {
            throw error("document type declarations, entities and CDATA are not accepted")
        } else {
            try startTag()
        }
    }

    private mutating func startTag() throws(CascadeError) {
        let start = at
        at += 1
        let name = nameRange()
        guard !name.isEmpty else { throw error("an element without a name") }
        if open.isEmpty && !elements.isEmpty { throw error("a second root element") }
        guard open.count < XMLTree.maximumDepth else { throw error("elements nested deeper than \(XMLTree.maximumDepth)") }
        let index = elements.count
        elements.append(.init(name: name, content: 0..<0, parent: open.last ?? -1, next: index + 1))
        if try skipAttributes(from: start) {
            elements[index].content = at..<at
        } else {
            elements[index].content = at..<at
            open.append(index)
        }
    }

    /// Moves behind the start tag's `>`; true when it was `/>`.
    private mutating func skipAttributes(from start: Int) throws(CascadeError) -> Bool {
        var quote: UInt8 = 0
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            if quote != 0 {
                if byte == quote { quote = 0 }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                return bytes[at - 2] == UInt8(ascii: "/")
            } else if byte == UInt8(ascii: "<") {
                break
            }
        }
        throw error("a start tag that does not end", at: start)
    }

    private mutating func endTag() throws(CascadeError) {
        let start = at
        at += 2
        let name = nameRange()
        guard let index = open.popLast() else { throw error("an end tag without a start tag", at: start) }
        guard bytes[name].elementsEqual(bytes[elements[index].name]) else {
            let found = String(decoding: bytes[name], as: UTF8.self)
            throw error("</\(found)> where </\(self.name(of: index))> was expected", at: start)
        }
        while at < bytes.count, isXMLSpace(bytes[at]) { at += 1 }
        guard at < bytes.count, bytes[at] == UInt8(ascii: ">") else { throw error("an end tag that does not end", at: start) }
        at += 1
        elements[index].content = elements[index].content.lowerBound..<start
        elements[index].next = elements.count
    }

    private mutating func nameRange() -> Range<Int> {
        let start = at
        while at < bytes.count, isNameByte(bytes[at]) { at += 1 }
        return start..<at
    }

    private mutating func skip(past end: StaticString, what: String) throws(CascadeError) {
        let start = at
        while at < bytes.count {
            if starts(with: end) {
                at += end.utf8CodeUnitCount
                return
            }
            at += 1
        }
        throw error("a \(what) that does not end", at: start)
    }

    private func starts(with text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard bytes.count - at >= count else { return false }
        let start = text.utf8Start
        for i in 0..<count where bytes[at + i] != start[i] { return false }
        return true
    }

    private func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ":"), 0x80...:
            true
        default: false
        }
    }

    private func name(of index: Int) -> String { String(decoding: bytes[elements[index].name], as: UTF8.self) }

    private func error(_ message: String, at offset: Int? = nil) -> CascadeError {
        .malformedXML(at: SourcePosition(offset: min(offset ?? at, bytes.count), in: bytes), message)
    }
}

/// Space, tab, line feed, carriage return.
func isXMLSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
}
