/// The content of a safetensors file: named tensors and text metadata.
///
/// The format: 8 bytes length of the header (little-endian), the header (a JSON object that gives for every tensor its `dtype`,
/// `shape` and `data_offsets`, and strings under `__metadata__`), then the tensors' bytes without gaps. Data only: nothing in a
/// file is ever executed. https://github.com/huggingface/safetensors
public struct Safetensors: Sendable, Equatable {
    /// Texts by name.
    public var metadata: [String: String]
    /// Numbers by name.
    public var tensors: [String: Tensor]

    /// A file with these entries.
    public init(metadata: [String: String] = [:], tensors: [String: Tensor] = [:]) {
        self.metadata = metadata
        self.tensors = tensors
    }

    /// The longest header read, in bytes; the reference implementation has the same bound.
    public static let maximumHeaderLength = 100_000_000

    /// Whether a file that begins so can be one: 8 bytes of length that fit it, and the brace of an object.
    /// - Parameters:
    ///   - start: its first bytes, 9 or more where it has them.
    ///   - byteCount: of the whole file.
    public static func canBegin(with start: [UInt8], byteCount: Int) -> Bool {
        guard start.count > 8, start[8] == UInt8(ascii: "{") else { return false }
        let length = headerLength(start)
        return length <= maximumHeaderLength && Int(length) <= byteCount - 8
    }

    /// The first 8 bytes as a number.
    private static func headerLength(_ bytes: [UInt8]) -> UInt64 { (0..<8).reduce(0) { $0 | UInt64(bytes[$1]) << (8 * $1) } }

    /// Reads a file's bytes.
    ///
    /// Refused: a header that is cut off, too long or no JSON object of the described form, keys that appear twice, unknown
    /// types, sizes that overflow, offsets outside the file, tensors that overlap or leave gaps, bytes after the last tensor.
    /// - Throws: ``LearnError/malformedModel(reason:offset:)`` with the place in the file.
    /// - Complexity: O(bytes.count).
    public init(parsing bytes: [UInt8]) throws(LearnError) {
        guard bytes.count >= 8 else {
            throw LearnError.malformedModel(reason: "\(bytes.count) bytes are no file: the header's length takes 8", offset: 0)
        }
        let length = Self.headerLength(bytes)
        guard length <= Self.maximumHeaderLength else {
            throw LearnError.malformedModel(
                reason: "header of \(length) bytes, at most \(Self.maximumHeaderLength) are allowed", offset: 0)
        }
        let dataStart = 8 + Int(length)
        guard dataStart <= bytes.count else {
            throw LearnError.malformedModel(
                reason: "header of \(length) bytes in a file of \(bytes.count)", offset: 0)
        }
        var parser = HeaderParser(bytes: bytes[8..<dataStart])
        let header = try parser.parse()
        metadata = header.metadata
        tensors = [:]
        var expected = 0
        for entry in header.entries.sorted(by: { ($0.begin, $0.end, $0.name) < ($1.begin, $1.end, $1.name) }) {
            let size = try Self.byteCount(entry)
            guard entry.begin == expected else {
                throw LearnError.malformedModel(
                    reason: "tensor '\(entry.name)' begins at \(entry.begin), expected \(expected)", offset: entry.position)
            }
            guard entry.end >= entry.begin, entry.end - entry.begin == size else {
                throw LearnError.malformedModel(
                    reason: "tensor '\(entry.name)' spans \(entry.begin)..<\(entry.end), its shape takes \(size) bytes",
                    offset: entry.position)
            }
            guard entry.end <= bytes.count - dataStart else {
                throw LearnError.malformedModel(
                    reason: "tensor '\(entry.name)' ends at \(entry.end) of \(bytes.count - dataStart) data bytes",
                    offset: entry.position)
            }
            expected = entry.end
            tensors[entry.name] = Tensor(
                type: entry.type, shape: entry.shape, bytes: Array(bytes[dataStart + entry.begin..<dataStart + entry.end]))
        }
        guard expected == bytes.count - dataStart else {
            throw LearnError.malformedModel(
                reason: "\(bytes.count - dataStart - expected) bytes after the last tensor", offset: dataStart + expected)
        }
    }

    private static func byteCount(_ entry: HeaderParser.Entry) throws(LearnError) -> Int {
        var count = entry.type.byteCount
        for extent in entry.shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: extent)
            guard !overflow else {
                throw LearnError.malformedModel(reason: "the size of tensor '\(entry.name)' overflows", offset: entry.position)
            }
            count = product
        }
        return count
    }

    /// The bytes of a file with this content: tensors by falling element size, then by name; the header padded with spaces so that
    /// the data begins at a multiple of 8. The same content always gives the same bytes.
    public func serialised() -> [UInt8] {
        let order = tensors.sorted {
            ($1.value.type.byteCount, $0.key) < ($0.value.type.byteCount, $1.key)
        }
        var fields: [String] = []
        if !metadata.isEmpty {
            let entries = metadata.sorted { $0.key < $1.key }.map { "\(Self.quoted($0.key)):\(Self.quoted($0.value))" }
            fields.append("\"__metadata__\":{\(entries.joined(separator: ","))}")
        }
        var offset = 0
        for (name, tensor) in order {
            let shape = tensor.shape.map(String.init).joined(separator: ",")
            let end = offset + tensor.bytes.count
            fields.append(
                "\(Self.quoted(name)):{\"dtype\":\"\(tensor.type.rawValue)\",\"shape\":[\(shape)],\"data_offsets\":[\(offset),\(end)]}")
            offset = end
        }
        var header = Array("{\(fields.joined(separator: ","))}".utf8)
        while header.count % 8 != 0 { header.append(UInt8(ascii: " ")) }
        var bytes = (0..<8).map { UInt8(truncatingIfNeeded: UInt64(header.count) >> (8 * $0)) }
        bytes.reserveCapacity(8 + header.count + offset)
        bytes += header
        for (_, tensor) in order { bytes += tensor.bytes }
        return bytes
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
