/// An array of numbers of one type with a shape, as its bytes (little-endian, row-major).
public struct Tensor: Sendable, Equatable {
    public enum ElementType: String, Sendable, Hashable {
        case float64 = "F64"
        case float32 = "F32"
        case float16 = "F16"
        case bfloat16 = "BF16"
        case int64 = "I64"
        case int32 = "I32"
        case int16 = "I16"
        case int8 = "I8"
        case uint64 = "U64"
        case uint32 = "U32"
        case uint16 = "U16"
        case uint8 = "U8"
        case bool = "BOOL"

        public var byteCount: Int {
            switch self {
            case .float64, .int64, .uint64: 8
            case .float32, .int32, .uint32: 4
            case .float16, .bfloat16, .int16, .uint16: 2
            case .int8, .uint8, .bool: 1
            }
        }
    }

    public let type: ElementType
    public let shape: [Int]
    public let bytes: [UInt8]

    /// - Precondition: `bytes` has the size that type and shape say.
    public init(type: ElementType, shape: [Int], bytes: [UInt8]) {
        precondition(bytes.count == shape.reduce(type.byteCount, *), "a tensor's bytes fill its shape")
        self.type = type
        self.shape = shape
        self.bytes = bytes
    }

    public init(_ values: [Float], shape: [Int]? = nil) {
        self.init(type: .float32, shape: shape ?? [values.count], bytes: Self.bytes(values.map { $0.bitPattern.littleEndian }))
    }

    public init(_ values: [Double], shape: [Int]? = nil) {
        self.init(type: .float64, shape: shape ?? [values.count], bytes: Self.bytes(values.map { $0.bitPattern.littleEndian }))
    }

    public init(_ values: [Int32], shape: [Int]? = nil) {
        self.init(type: .int32, shape: shape ?? [values.count], bytes: Self.bytes(values.map(\.littleEndian)))
    }

    public init(_ values: [UInt8], shape: [Int]? = nil) {
        self.init(type: .uint8, shape: shape ?? [values.count], bytes: values)
    }

    /// The numbers of a float32 tensor; nil for another type.
    public var floats: [Float]? {
        type == .float32 ? words(UInt32.self).map { Float(bitPattern: UInt32(littleEndian: $0)) } : nil
    }

    /// The numbers of a float64 tensor; nil for another type.
    public var doubles: [Double]? {
        type == .float64 ? words(UInt64.self).map { Double(bitPattern: UInt64(littleEndian: $0)) } : nil
    }

    /// The numbers of an int32 tensor; nil for another type.
    public var int32s: [Int32]? {
        type == .int32 ? words(Int32.self).map { Int32(littleEndian: $0) } : nil
    }

    private static func bytes<Word: FixedWidthInteger>(_ words: [Word]) -> [UInt8] {
        words.withUnsafeBytes { Array($0) }
    }

    private func words<Word: FixedWidthInteger>(_ type: Word.Type) -> [Word] {
        bytes.withUnsafeBytes { raw in
            (0..<raw.count / MemoryLayout<Word>.size).map {
                raw.loadUnaligned(fromByteOffset: $0 * MemoryLayout<Word>.size, as: Word.self)
            }
        }
    }
}
