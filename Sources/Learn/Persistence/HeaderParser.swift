/// Reads the JSON header of a safetensors file, and nothing but such a header: an object whose values are tensor descriptions or,
/// under `__metadata__`, strings. Unlike a general JSON reader it refuses keys that appear twice and keeps every value's place.
struct HeaderParser {
    struct Entry {
        var name: String
        var type: Tensor.ElementType
        var shape: [Int]
        var begin: Int
        var end: Int
        /// Where in the file the description stands.
        var position: Int
    }

    private let bytes: ArraySlice<UInt8>
    private var place: Int

    init(bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        place = bytes.startIndex
    }

    mutating func parse() throws(LearnError) -> (metadata: [String: String], entries: [Entry]) {
        guard bytes.first == UInt8(ascii: "{") else { throw failure("the header does not begin with '{'") }
        var metadata: [String: String] = [:]
        var entries: [Entry] = []
        try object { parser, key, position throws(LearnError) in
            if key == "__metadata__" {
                try parser.object { parser, key, _ throws(LearnError) in metadata[key] = try parser.string() }
            } else {
                entries.append(try parser.entry(named: key, position: position))
            }
        }
        skipSpace()
        guard place == bytes.endIndex else { throw failure("text after the header's end") }
        return (metadata, entries)
    }

    private mutating func entry(named name: String, position: Int) throws(LearnError) -> Entry {
        var type: Tensor.ElementType?
        var shape: [Int]?
        var offsets: [Int]?
        try object { parser, key, position throws(LearnError) in
            switch key {
            case "dtype":
                let text = try parser.string()
                type = Tensor.ElementType(rawValue: text)
                guard type != nil else {
                    throw LearnError.malformedModel(reason: "tensor '\(name)' has unknown type '\(text)'", offset: position)
                }
            case "shape": shape = try parser.integers()
            case "data_offsets": offsets = try parser.integers()
            default: throw LearnError.malformedModel(reason: "tensor '\(name)' has unknown field '\(key)'", offset: position)
            }
        }
        guard let type, let shape, let offsets, offsets.count == 2 else {
            throw LearnError.malformedModel(reason: "tensor '\(name)' lacks dtype, shape or two data_offsets", offset: position)
        }
        return Entry(name: name, type: type, shape: shape, begin: offsets[0], end: offsets[1], position: position)
    }

    private func failure(_ reason: String) -> LearnError { .malformedModel(reason: reason, offset: place) }

    private mutating func skipSpace() {
        while place < bytes.endIndex, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[place]) { place += 1 }
    }

    /// Whether the next character, spaces aside, is this one; it is then passed over.
    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard place < bytes.endIndex, bytes[place] == UInt8(ascii: character) else { return false }
        place += 1
        return true
    }

    private mutating func require(_ character: Unicode.Scalar) throws(LearnError) {
        guard take(character) else { throw failure("expected '\(character)'") }
    }

    private mutating func object(
        _ field: (inout Self, String, Int) throws(LearnError) -> Void
    ) throws(LearnError) {
        try require("{")
        if take("}") { return }
        var keys: Set<String> = []
        repeat {
            skipSpace()
            let position = place
            let key = try string()
            guard keys.insert(key).inserted else {
                throw LearnError.malformedModel(reason: "key '\(key)' appears twice", offset: position)
            }
            try require(":")
            try field(&self, key, position)
        } while take(",")
        try require("}")
    }

    private mutating func integers() throws(LearnError) -> [Int] {
        try require("[")
        if take("]") { return [] }
        var numbers: [Int] = []
        repeat { numbers.append(try integer()) } while take(",")
        try require("]")
        return numbers
    }

    private mutating func integer() throws(LearnError) -> Int {
        skipSpace()
        let start = place
        var value = 0
        while place < bytes.endIndex, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place]) {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(Int(bytes[place] - UInt8(ascii: "0")))
            guard !overflow, !carry else { throw failure("a number too large") }
            value = sum
            place += 1
        }
        guard place > start else { throw failure("expected a whole number") }
        return value
    }

    private mutating func string() throws(LearnError) -> String {
        try require("\"")
        var text: [UInt8] = []
        while place < bytes.endIndex {
            let byte = bytes[place]
            place += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let decoded = String(validating: text, as: UTF8.self) else { throw failure("a string that is not UTF-8") }
                return decoded
            case UInt8(ascii: "\\"): text += Array(String(try escape()).utf8)
            case 0..<0x20: throw failure("a control character in a string")
            default: text.append(byte)
            }
        }
        throw failure("a string without end")
    }

    private mutating func escape() throws(LearnError) -> Character {
        guard place < bytes.endIndex else { throw failure("a string without end") }
        let byte = bytes[place]
        place += 1
        switch byte {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            var unit = try hexadecimal()
            if (0xD800..<0xDC00).contains(unit), place + 1 < bytes.endIndex, bytes[place] == UInt8(ascii: "\\"),
                bytes[place + 1] == UInt8(ascii: "u")
            {
                place += 2
                let low = try hexadecimal()
                guard (0xDC00..<0xE000).contains(low) else { throw failure("half of a surrogate pair") }
                unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(unit) else { throw failure("half of a surrogate pair") }
            return Character(scalar)
        default: throw failure("an unknown escape")
        }
    }

    private mutating func hexadecimal() throws(LearnError) -> UInt32 {
        guard place + 4 <= bytes.endIndex, let text = String(validating: bytes[place..<place + 4], as: UTF8.self),
            text.allSatisfy(\.isHexDigit), let unit = UInt32(text, radix: 16)
        else { throw failure("expected four hexadecimal digits") }
        place += 4
        return unit
    }
}
